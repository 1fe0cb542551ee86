package dev.carillon.notification.template;

import java.util.List;

/**
 * A layout as it is in use.
 *
 * @param text      its files by name, such as {@code email.html} and {@code email.de.html}
 * @param published whether the API published it; else it is in files
 * @param usedBy    the notification types that include it, by name
 */
public record Layout(TypeText text, boolean published, List<String> usedBy) {

    public String name() {
        return text.type();
    }
}
