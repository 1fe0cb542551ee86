package dev.carillon.notification.template;

/** Removes control characters from text, because a line break in a subject would be a second mail header. */
final class OneLineValue {

    private OneLineValue() {}

    /** One line: every run of white space and control characters becomes one space. */
    static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isControl(c) && c != ' ') {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString().stripTrailing();
    }

    /** A body: line feeds and tabs stay, other control characters become spaces, and it ends with one line feed. */
    static String orMany(String text) {
        String body = text.stripTrailing().concat("\n");
        // Bodies are long and almost always clean: copying each character of each would be a good part of the
        // rendering.
        for (int i = 0; i < body.length(); i++) {
            if (isControlInBody(body.charAt(i))) {
                return cleaned(body);
            }
        }
        return body;
    }

    private static String cleaned(String body) {
        StringBuilder clean = new StringBuilder(body.length());
        for (char c : body.replace("\r\n", "\n").toCharArray()) {
            clean.append(isControlInBody(c) ? ' ' : c);
        }
        return clean.toString();
    }

    private static boolean isControlInBody(char c) {
        return isControl(c) && c != '\n' && c != '\t';
    }

    private static boolean isControl(char c) {
        return c < ' ' || c >= 0x7f && c <= 0x9f || c == '\u2028' || c == '\u2029';
    }
}
