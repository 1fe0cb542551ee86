package dev.carillon.delivery.httpclient;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Allows addresses supplied by others only if they are public. The name is resolved at the call, and the call connects
 * to the very address that was checked, so a DNS change in between has no effect.
 */
public final class PublicDestination implements Destination {

    /** Resolves a name to addresses; may block. */
    @FunctionalInterface
    interface Names {

        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** A name that takes long takes one of these, and none of those that everything else is done by. */
    private static final int LOOKUPS_AT_ONCE = 64;

    private static final String LOOKUPS = "carillon-names";

    private final WorkerExecutor lookups;
    private final ConcurrentMap<String, Future<InetAddress[]>> underway = new ConcurrentHashMap<>();
    private final DestinationCheck check;
    private final Names names;

    /** @throws ConfigurationException when a network of the rules is none */
    public PublicDestination(Vertx vertx, OutgoingRules rules) {
        this(vertx, rules, InetAddress::getAllByName);
    }

    PublicDestination(Vertx vertx, OutgoingRules rules, Names names) {
        this.lookups = vertx.createSharedWorkerExecutor(LOOKUPS, LOOKUPS_AT_ONCE);
        this.check = new DestinationCheck(rules);
        this.names = names;
    }

    @Override
    public Future<Optional<SocketAddress>> of(URI to) {
        var why = check.fault(to);
        return why != null
                ? Future.failedFuture(new NotAllowedException("the address " + why))
                : addresses(to.getHost())
                        .compose(addresses -> checked(addresses, DestinationCheck.port(to)))
                        .map(Optional::of);
    }

    /** However many calls wait for a name, it is looked up once at a time. */
    private Future<InetAddress[]> addresses(String host) {
        var asked = Promise.<InetAddress[]>promise();
        var before = underway.putIfAbsent(host, asked.future());
        if (before != null) {
            return before;
        }
        lookups.executeBlocking(() -> names.of(host), false).onComplete(found -> {
            underway.remove(host);
            asked.handle(found);
        });
        return asked.future();
    }

    private Future<SocketAddress> checked(InetAddress[] addresses, int port) {
        return Stream.of(addresses)
                .filter(check::allows)
                .findFirst()
                .map(address -> Future.succeededFuture(SocketAddress.inetSocketAddress(port, address.getHostAddress())))
                .orElseGet(
                        () -> Future.failedFuture(new NotAllowedException("leads into a network that is not public")));
    }

    /**
     * What outgoing calls may reach.
     *
     * @param plainHttp    whether http will do
     * @param openNetworks networks that are not public and may be called all the same
     */
    public record OutgoingRules(boolean plainHttp, Set<Integer> ports, List<String> openNetworks) {}
}
