package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.slack.RealProviders;
import dev.carillon.notification.TestPipeline;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** With DKIM switched on and nothing said of it but its key, checked as a receiver would. */
@QuarkusTest
@TestProfile(RealProviders.class)
class DkimTest {

    private static final String STOP = "https://example.com/stop/token-1?a=b&c=d";

    @Inject
    EmailChannel email;

    @Inject
    Clock clock;

    @Test
    void what_one_click_relies_on_is_signed() throws Exception {
        // When
        var mail = sent(STOP);

        // Then
        var tags = tags(header(mail, "DKIM-Signature"));
        assertThat(Arrays.stream(tags.get("h").split(":")).map(String::trim))
                .contains("From", "To", "Subject", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted");
        assertThat(verified(mail)).isTrue();
        assertThat(verified(mail.replace("stop/token-1", "stop/token-2")))
                .as("another address")
                .isFalse();
        assertThat(verified(mail.replace("=One-Click", "=Other"))).isFalse();
    }

    @Test
    void a_mail_without_it_verifies_as_well() throws Exception {
        assertThat(verified(sent(null))).isTrue();
    }

    private String sent(String unsubscribeUrl) {
        var address = TestPipeline.unique("dkim") + "@example.com";
        var delivery = new Delivery(
                TestDeliveries.id(),
                "test-deliveries",
                TestDeliveries.id(),
                "email",
                address,
                "Grüße 🎉",
                "Text\n.\n",
                "<p>Text</p>",
                1,
                null,
                null,
                unsubscribeUrl);
        var outcome = email.send(TestDeliveries.leased(delivery, 1, clock.instant()))
                .await()
                .atMost(Duration.ofSeconds(30));
        assertThat(outcome).isInstanceOf(Sent.class);
        return RealProviders.mail().mailsTo(address).get(0).text();
    }

    /** RFC 6376, of the head: canonicalization simple or relaxed; of several headers of a name the last one first. */
    private static boolean verified(String mail) throws GeneralSecurityException {
        var own = header(mail, "DKIM-Signature");
        var tags = tags(own);
        boolean relaxed = tags.getOrDefault("c", "simple").startsWith("relaxed");
        var left = new ArrayList<>(headers(mail));
        var signed = new StringBuilder();
        for (var name : tags.get("h").split(":")) {
            for (int i = left.size() - 1; i >= 0; i--) {
                if (named(left.get(i), name.trim())) {
                    signed.append(canonical(left.remove(i), relaxed)).append("\r\n");
                    break;
                }
            }
        }
        signed.append(canonical(own.replaceFirst("(?s)([;\\s]b=)[A-Za-z0-9+/=\\s]*", "$1"), relaxed));
        var check = Signature.getInstance("SHA256withRSA");
        check.initVerify(RealProviders.dkim());
        check.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        return check.verify(Base64.getMimeDecoder().decode(tags.get("b")));
    }

    private static String canonical(String header, boolean relaxed) {
        int colon = header.indexOf(':');
        return !relaxed
                ? header
                : header.substring(0, colon).trim().toLowerCase(Locale.ROOT) + ":"
                        + header.substring(colon + 1)
                                .replaceAll("[\r\n\t ]+", " ")
                                .trim();
    }

    private static List<String> headers(String mail) {
        return Arrays.asList(mail.substring(0, mail.indexOf("\r\n\r\n")).split("\r\n(?![ \t])"));
    }

    private static String header(String mail, String name) {
        return headers(mail).stream()
                .filter(one -> named(one, name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean named(String header, String name) {
        return header.regionMatches(true, 0, name + ":", 0, name.length() + 1);
    }

    private static Map<String, String> tags(String header) {
        return Arrays.stream(header.substring(header.indexOf(':') + 1).split(";"))
                .map(String::strip)
                .filter(tag -> tag.contains("="))
                .collect(Collectors.toMap(
                        tag -> tag.substring(0, tag.indexOf('=')).strip(),
                        tag -> tag.substring(tag.indexOf('=') + 1).strip(),
                        (a, b) -> b,
                        LinkedHashMap::new));
    }
}
