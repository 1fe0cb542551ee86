package dev.carillon.delivery.httpclient;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Optional;

/** Decides which address a call connects to. */
@FunctionalInterface
public interface Destination {

    /** Wherever the name leads; for addresses that we were configured with. */
    Destination ANYWHERE = to -> Future.succeededFuture(Optional.empty());

    /** The one address to connect to, or empty for "as the name resolves"; fails with {@link NotAllowedException}. */
    Future<Optional<SocketAddress>> of(URI to);

    /** The destination is not allowed. */
    final class NotAllowedException extends Exception {

        private static final long serialVersionUID = 1L;

        NotAllowedException(String why) {
            super(why, null, false, false);
        }
    }
}
