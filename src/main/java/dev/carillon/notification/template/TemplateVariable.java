package dev.carillon.notification.template;

import dev.carillon.platform.value.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One value that a template uses.
 *
 * @param required whether there is no message without it; a blank string counts as none
 * @param example a value of the right kind; every template is rendered with it at start
 */
public record TemplateVariable(
        Kind kind, boolean required, @Nullable Object example, String description) {}
