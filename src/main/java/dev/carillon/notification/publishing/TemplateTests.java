package dev.carillon.notification.publishing;

import dev.carillon.delivery.Channels;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.MaskedAddress;
import dev.carillon.delivery.dispatch.TestSends;
import dev.carillon.notification.suppression.Suppressions;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.value.ParsedAddress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Sends texts to who writes them. A test is no notification: no customer, no preference, no attempt on schedule. But an address that
 * is suppressed gets none, and a tenant may send so many an hour.
 */
@ApplicationScoped
class TemplateTests {

    private static final int NORMAL = 1;

    private final Previews previews;
    private final Channels channels;
    private final Suppressions suppressions;
    private final TestSends sends;
    private final PgTemplateTests store;
    private final Ids ids;

    TemplateTests(
            Previews previews,
            Channels channels,
            Suppressions suppressions,
            TestSends sends,
            PgTemplateTests store,
            Ids ids) {
        this.previews = previews;
        this.channels = channels;
        this.suppressions = suppressions;
        this.sends = sends;
        this.store = store;
        this.ids = ids;
    }

    Uni<TemplateTest> send(String tenant, String by, String type, TemplateTestRequest request) {
        var to = address(request);
        return previews.preview(tenant, type, request.preview())
                .call(() -> requireNotSuppressed(tenant, request.channel(), to))
                .chain(message -> send(tenant, by, message, to));
    }

    Uni<List<TemplateTest>> latest(String tenant, String type) {
        return store.latest(tenant, type);
    }

    private String address(TemplateTestRequest request) {
        var parsed = channels.address(request.channel(), request.to());
        if (parsed instanceof ParsedAddress.None none) {
            throw new ProblemException(
                    Problem.invalid(channels.hasAddresses(request.channel()) ? "/to" : "/channel", none.problem()));
        }
        return ((ParsedAddress.Address) parsed).text();
    }

    private Uni<Void> requireNotSuppressed(String tenant, String channel, String to) {
        return suppressions
                .page(tenant, channel, to, null, 1)
                .invoke(found -> found.suppressions().stream().findFirst().ifPresent(one -> {
                    throw new ProblemException(
                            ProblemType.CONFLICT, "The address gets no messages on " + channel + ": " + one.cause());
                }))
                .replaceWithVoid();
    }

    private Uni<TemplateTest> send(String tenant, String by, PreviewView message, String to) {
        var begun = new TemplateTest(
                ids.next(),
                message.type(),
                message.version(),
                message.channel(),
                message.locale(),
                MaskedAddress.of(to),
                false,
                null,
                "it was not known what came of it",
                ids.now(),
                by);
        return store.begin(tenant, begun)
                .invoke(allowed -> {
                    if (!allowed) {
                        throw new ProblemException(Problem.tooMany(
                                "At most " + PgTemplateTests.AN_HOUR + " tests an hour", Duration.ofMinutes(10)));
                    }
                })
                .chain(() -> sends.send(delivery(tenant, begun.id(), message, to)))
                .map(sent -> new TemplateTest(
                        begun.id(),
                        begun.type(),
                        begun.version(),
                        begun.channel(),
                        begun.locale(),
                        begun.to(),
                        sent.sent(),
                        sent.provider(),
                        sent.detail(),
                        begun.at(),
                        begun.by()))
                .call(store::ended);
    }

    private static Delivery delivery(String tenant, String id, PreviewView message, String to) {
        return new Delivery(
                id,
                tenant,
                id,
                message.channel(),
                to,
                message.subject(),
                message.text(),
                message.html(),
                NORMAL,
                null,
                null,
                null);
    }
}
