package dev.carillon.notification.decision;

/** A rule in one version. */
public record RuleRef(String id, String version) {}
