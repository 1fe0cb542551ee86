package dev.carillon.notification.template;

import org.jspecify.annotations.Nullable;

/** Texts that cannot be used, and where the error is. The message holds only what the author wrote. */
public final class InvalidTemplateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final @Nullable Integer line;
    private final @Nullable Integer column;
    private final String detail;

    /**
     * @param path  the file, such as {@code ORDER_SHIPPED/sms.txt}
     * @param place where in a YAML file, as a JSON pointer; null in others
     * @param line  1-based; null when it is the file as a whole
     */
    InvalidTemplateException(
            String path,
            @Nullable String place,
            @Nullable Integer line,
            @Nullable Integer column,
            String detail,
            @Nullable Throwable cause) {
        super(
                "notifications/" + path + (line == null ? "" : ":" + line) + (place == null ? "" : " at " + place)
                        + ": " + detail,
                cause);
        this.path = path;
        this.line = line;
        this.column = column;
        this.detail = place == null || place.equals("/") ? detail : "at " + place + ": " + detail;
    }

    static InvalidTemplateException of(String path, String detail) {
        return new InvalidTemplateException(path, null, null, null, detail, null);
    }

    /** Folder and file. */
    public String path() {
        return path;
    }

    /** 1-based; null when the file as a whole is wrong. */
    public @Nullable Integer line() {
        return line;
    }

    /** 1-based; null when the line as a whole is wrong. */
    public @Nullable Integer column() {
        return column;
    }

    /** The error, without the file and the line. */
    public String detail() {
        return detail;
    }
}
