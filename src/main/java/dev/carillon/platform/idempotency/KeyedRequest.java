package dev.carillon.platform.idempotency;

/**
 * A request with an idempotency key.
 *
 * @param caller      which credentials; the same key of another caller is another key
 * @param path        what was posted to; the same key at another path is another key
 * @param key         what the caller chose
 * @param fingerprint of the content, see {@link Fingerprint}
 */
public record KeyedRequest(String tenant, String caller, String path, String key, byte[] fingerprint) {

    String operation() {
        return "POST " + path;
    }
}
