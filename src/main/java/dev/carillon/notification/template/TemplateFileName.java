package dev.carillon.notification.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a template file: {@code email.subject.txt}, {@code email.html}, and in another language {@code
 * email.subject.de.txt}, {@code email.de-AT.html}. Languages may be written in any common form: {@code
 * email.pt_BR.html} is {@code email.pt-BR.html}.
 *
 * @param locale a language tag in its one form; null for the language the type is written in
 */
record TemplateFileName(
        String channel, NamePart part, @Nullable String locale) {

    private static final Pattern FORM = Pattern.compile(
            "(?<channel>[a-z][a-z0-9_-]*)(?<subject>\\.subject)?(\\.(?<locale>[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*))?\\.(?<end>txt|html)");

    /** The part of the message the file holds. */
    enum NamePart {
        SUBJECT(".subject", ".txt"),
        TEXT("", ".txt"),
        HTML("", ".html");

        private final String before;
        private final String end;

        NamePart(String before, String end) {
            this.before = before;
            this.end = end;
        }
    }

    static Optional<TemplateFileName> parse(String file) {
        Matcher matcher = FORM.matcher(file);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean subject = matcher.group("subject") != null;
        boolean html = matcher.group("end").equals("html");
        String written = matcher.group("locale");
        String locale = written == null ? null : LocaleTag.canonical(written);
        return subject && html || written != null && locale == null
                ? Optional.empty()
                : Optional.of(new TemplateFileName(
                        matcher.group("channel"),
                        subject ? NamePart.SUBJECT : html ? NamePart.HTML : NamePart.TEXT,
                        locale));
    }

    String file() {
        return channel + part.before + (locale == null ? "" : "." + locale) + part.end;
    }

    TemplateFileName in(@Nullable String locale) {
        return new TemplateFileName(channel, part, locale);
    }
}
