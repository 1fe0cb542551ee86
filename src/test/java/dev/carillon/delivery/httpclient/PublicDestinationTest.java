package dev.carillon.delivery.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.delivery.httpclient.Destination.NotAllowedException;
import dev.carillon.delivery.httpclient.PublicDestination.OutgoingRules;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicDestinationTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final OutgoingRules STRICT = new OutgoingRules(false, Set.of(443), List.of());

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void a_name_that_takes_long_is_looked_up_once_and_keeps_no_other_waiting() throws Exception {
        // Given
        var slow = new CountDownLatch(1);
        var lookups = new AtomicInteger();
        var destination = new PublicDestination(VERTX, STRICT, host -> {
            if (host.equals("slow.example.com")) {
                lookups.incrementAndGet();
                await(slow);
            }
            return InetAddress.getAllByName("1.1.1.1");
        });

        // When
        var waiting = IntStream.range(0, 200)
                .mapToObj(i -> destination
                        .of(URI.create("https://slow.example.com/" + i))
                        .toCompletionStage()
                        .toCompletableFuture())
                .toList();
        var other = destination
                .of(URI.create("https://other.example.com/"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        // Then
        assertThat(other).isPresent();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        slow.countDown();
        assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(30));
        assertThat(lookups).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2001::1",
                "fe80::1",
                "febf::1",
                "fc00::1",
                "fdff::1",
                "fec0::1",
                "ff02::1",
                "5f00::1",
                "3fff::1"
            })
    void what_is_not_public_is_not_called(String address) {
        assertThat(refusal(STRICT, "https://hook.example.com/", address))
                .isEqualTo("leads into a network that is not public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "93.184.215.14",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:82a::200e"
            })
    void what_is_public_is_called_at_the_address_that_was_checked(String address) throws Exception {
        // When
        var to = destination(STRICT, address)
                .of(URI.create("https://hook.example.com/"))
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .orElseThrow();

        // Then
        assertThat(InetAddress.getByName(to.host())).isEqualTo(InetAddress.getByName(address));
        assertThat(to.port()).isEqualTo(443);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://127.1/",
                "https://[::1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fe80::1%25eth0]/",
                "https://localhost/",
                "https://0/",
                "https://169.254.169.254/latest/meta-data/"
            })
    void no_way_of_writing_it_leads_in(String url) {
        // When
        var destination = new PublicDestination(VERTX, STRICT);

        // Then
        assertThatThrownBy(() -> destination
                        .of(URI.create(url))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfAny(NotAllowedException.class, UnknownHostException.class);
    }

    @Test
    void of_two_addresses_the_public_one_is_called() {
        // When
        var to = destination(STRICT, "10.0.0.1", "1.1.1.1")
                .of(URI.create("https://hook.example.com/"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        // Then
        assertThat(to.orElseThrow().host()).isEqualTo("1.1.1.1");
    }

    @Test
    void a_name_that_changes_its_mind_is_asked_once_for_each_call() {
        // Given
        var answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
        var rebinding = new PublicDestination(
                VERTX, STRICT, host -> new InetAddress[] {InetAddress.getByName(answers.remove())});

        // When
        var first = rebinding
                .of(URI.create("https://hook.example.com/"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        // Then
        assertThat(first.orElseThrow().host()).isEqualTo("1.1.1.1");
        assertThat(answers).hasSize(1);
        assertThatThrownBy(() -> rebinding
                        .of(URI.create("https://hook.example.com/"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(NotAllowedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hook.example.com/",
                "ftp://hook.example.com/",
                "file:///etc/passwd",
                "https://user:secret@hook.example.com/",
                "https://hook.example.com:8080/",
                "https://hook.example.com:22/",
                "https:///nowhere",
                "https:opaque",
                "gopher://hook.example.com/"
            })
    void what_is_no_plain_https_address_is_not_even_resolved(String url) {
        assertThat(refusal(STRICT, url, "1.1.1.1"))
                .doesNotContain("secret")
                .doesNotContain("hook.example.com")
                .doesNotStartWith("leads");
    }

    @Test
    void what_was_opened_is_open_and_nothing_else() {
        // Given
        var rules = new OutgoingRules(true, Set.of(80, 443), List.of("10.1.0.0/16", "fd00:1::/32"));

        // Then
        assertThat(destination(rules, "10.1.2.3")
                        .of(URI.create("http://inside/"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .port())
                .isEqualTo(80);
        assertThat(destination(rules, "fd00:1::7")
                        .of(URI.create("https://inside/"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isPresent();
        assertThat(refusal(rules, "http://inside/", "10.2.0.1")).startsWith("leads into");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0", "ten/8", "10.1.0.0/33", "", "example.com/8"})
    void what_is_no_network_cannot_be_opened(String network) {
        assertThatThrownBy(() -> new BlockedNetworks(List.of(network))).isInstanceOf(ConfigurationException.class);
    }

    private static String refusal(OutgoingRules rules, String url, String... addresses) {
        var answer = destination(rules, addresses)
                .of(URI.create(url))
                .toCompletionStage()
                .toCompletableFuture();
        var refused = catchThrowableOfType(CompletionException.class, answer::join);
        assertThat(refused).hasCauseInstanceOf(NotAllowedException.class);
        return refused.getCause().getMessage();
    }

    private static PublicDestination destination(OutgoingRules rules, String... addresses) {
        return new PublicDestination(VERTX, rules, host -> {
            var found = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        });
    }
}
