package dev.carillon.notification;

import dev.carillon.notification.Passage.ChannelFate.Ring;
import dev.carillon.notification.Rehearsed.Words;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.throttle.CountedSend;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The corridor without consequences: the same gates in the same order, and nothing is reserved, written or sent. */
@ApplicationScoped
public class CorridorRehearsal {

    private final Corridor corridor;
    private final RecipientDirectory recipients;
    private final PgBusinessKeys keys;

    CorridorRehearsal(Corridor corridor, RecipientDirectory recipients, PgBusinessKeys keys) {
        this.corridor = corridor;
        this.recipients = recipients;
        this.keys = keys;
    }

    /** @param since what was told before is told; what was told later only where it came through door 2 */
    public Session begin(Instant since) {
        return new Session(since);
    }

    /** One rehearsal: remembers whom it would have told what. Not thread-safe. */
    public final class Session {

        private final Instant since;
        private final Map<BusinessKey, String> told = new HashMap<>();
        private final Map<String, Deque<CountedSend>> sends = new HashMap<>();

        private Session(Instant since) {
            this.since = since;
        }

        /** One answer a command, in order. */
        public Uni<List<Rehearsed>> submit(Tx tx, List<NotificationCommand> commands) {
            var asked = commands.stream().map(NotificationCommand::fact).filter(Objects::nonNull).distinct().toList();
            var customers = commands.stream().filter(command -> !command.internal()).map(NotificationCommand::recipientThen).distinct().toList();
            return keys.toldElsewhere(tx, asked, since).chain(elsewhere -> recipients.then(tx, customers)
                    .map(known -> commands.stream().map(command -> rehearsed(corridor.walk(command, toldBy(command, elsewhere),
                            known.get(command.recipientThen()), recent(command)))).toList()));
        }

        private @Nullable String toldBy(NotificationCommand command, Map<BusinessKey, String> elsewhere) {
            var fact = command.fact();
            return fact == null ? null : told.getOrDefault(fact, elsewhere.get(fact));
        }

        private List<CountedSend> recent(NotificationCommand command) {
            return command.throttle() == null ? List.of()
                    : new ArrayList<>(sends.getOrDefault(command.tenant() + '\n' + command.throttle().key(), new ArrayDeque<>()));
        }

        private Rehearsed rehearsed(Passage passage) {
            var command = passage.command();
            if (passage.refusal() != null) {
                return new Rehearsed(command, passage.refusal().reason(), null, Map.of());
            }
            if (command.fact() != null) {
                told.putIfAbsent(command.fact(), command.trackingId());
            }
            if (passage.counted() != null && command.throttle() != null) {
                count(passage.counted(), command.throttle());
            }
            var words = new LinkedHashMap<String, Words>();
            passage.fates(Ring.class).forEach(ring -> words.put(ring.channel(), new Words(ring.content().subject(), ring.content().text())));
            return new Rehearsed(command, null, passage.hours().notBefore(), words);
        }

        private void count(CountedSend send, Throttle throttle) {
            var ofKey = sends.computeIfAbsent(send.tenant() + '\n' + send.key(), key -> new ArrayDeque<>());
            ofKey.addLast(send);
            while (ofKey.size() > throttle.max()) {
                ofKey.removeFirst();                     // older ones cannot keep anything from going out
            }
        }
    }
}
