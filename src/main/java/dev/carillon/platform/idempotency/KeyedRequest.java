package dev.carillon.platform.idempotency;

/**
 * A request with an idempotency key.
 *
 * @param caller      which credentials; the same key of another caller is another key
 * @param operation   method and path, such as {@code POST /api/v1/events}
 * @param key         what the caller chose
 * @param fingerprint of the content, see {@link Fingerprint}
 */
public record KeyedRequest(String tenant, String caller, String operation, String key, byte[] fingerprint) {}
