package dev.carillon.notification.template;

/**
 * Why a context does not fit its notification type. It never holds the value itself.
 *
 * @param pointer a JSON pointer into the request, such as {@code /context/orderId}
 * @param detail what is wrong, such as {@code is required}
 */
public record ContextViolation(String pointer, String detail) {}
