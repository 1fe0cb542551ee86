package dev.carillon.notification.template;

/** A notification type that could not be rendered any more with another layout, and why. */
public record BrokenByLayout(String type, InvalidTemplateException why) {}
