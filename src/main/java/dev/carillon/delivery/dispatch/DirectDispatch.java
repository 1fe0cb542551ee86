package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.DirectSender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives deliveries that were just inserted to the dispatch loops of their channels. */
@ApplicationScoped
class DirectDispatch implements DirectSender {

    private final Map<String, DispatchLoop> loops;
    private final Map<String, Counter> started;
    private final DeliveryBell bell;
    private final Duration lease;

    DirectDispatch(DispatchLoops loops, DeliveryBell bell, DispatchSettings settings, MeterRegistry meters) {
        this.loops = loops.all().stream().collect(Collectors.toMap(DispatchLoop::channel, Function.identity()));
        this.started = this.loops.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        channel -> Counter.builder("carillon.deliveries.unclaimed")
                                .tag("channel", channel)
                                .description("Deliveries sent by the process that accepted them, without a claim")
                                .register(meters)));
        this.bell = bell;
        this.lease = settings.lease();
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public Set<String> admit(List<Delivery> due) {
        var admitted = new HashSet<String>();
        byLoop(
                due,
                Function.identity(),
                (loop, deliveries) -> loop.admit(deliveries).forEach(delivery -> admitted.add(delivery.id())));
        return admitted;
    }

    @Override
    public void start(List<LeasedDelivery> leased) {
        byLoop(leased, LeasedDelivery::delivery, (loop, deliveries) -> {
            started.get(loop.channel()).increment(deliveries.size());
            loop.start(deliveries);
        });
    }

    @Override
    public void giveBack(Collection<Delivery> admitted) {
        byLoop(admitted, Function.identity(), DispatchLoop::giveBack);
    }

    @Override
    public void ring(Set<String> channels) {
        bell.ring(channels);
    }

    /** What is for a channel that does not exist is for nobody. */
    private <T> void byLoop(Collection<T> all, Function<T, Delivery> delivery, BiConsumer<DispatchLoop, List<T>> work) {
        all.stream()
                .collect(Collectors.groupingBy(one -> delivery.apply(one).channel()))
                .forEach((channel, some) -> {
                    var loop = loops.get(channel);
                    if (loop != null) {
                        work.accept(loop, some);
                    }
                });
    }
}
