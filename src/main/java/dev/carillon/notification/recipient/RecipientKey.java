package dev.carillon.notification.recipient;

/** Names a customer: a customer's id is unique within a tenant. */
public record RecipientKey(String tenant, String customerId) {}
