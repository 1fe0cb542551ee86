package dev.carillon.notification.unsubscribe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.MailingProduction;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** In production, with the link that a mail really carried, and no key. */
@PackagedTest
@ResourceLock(Production.SHARED)
class UnsubscribeIT {

    private static final HttpClient BROWSER = HttpClient.newHttpClient();
    private static final String MULTIPART =
            "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";

    private static PackagedService service;

    @BeforeAll
    static void start() {
        service = MailingProduction.service();
    }

    record Click(String contentType, String accept, String body) {}

    static List<Click> clicks() {
        var clicks = new ArrayList<Click>();
        for (var contentType : new String[] {
            "application/x-www-form-urlencoded",
            "APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/plain",
            "application/octet-stream",
            "application/json",
            "image/png",
            "no media type",
            null
        }) {
            clicks.add(new Click(contentType, "*/*", "List-Unsubscribe=One-Click"));
        }
        for (var contentType :
                new String[] {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", null}) {
            for (var body : new String[] {"", MULTIPART, "{"}) {
                clicks.add(new Click(contentType, "*/*", body));
            }
        }
        for (var accept : new String[] {
            "application/json", "text/html", "image/webp,*/*;q=0.1", "text/plain;q=0", "nonsense", "", null
        }) {
            clicks.add(new Click("application/x-www-form-urlencoded", accept, "List-Unsubscribe=One-Click"));
        }
        return clicks;
    }

    @Test
    void one_click_in_a_mail_takes_its_reader_off_however_it_is_posted() throws Exception {
        for (var click : clicks()) {
            var customer = customerWhoWantsOffers("en");
            var link = linkInTheMailTo(customer);

            var answer = post(link, click);

            assertThat(answer.statusCode()).as("%s", click).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .as("%s", click)
                    .contains("text/html;charset=utf-8");
            assertThat(answer.body())
                    .as("%s", click)
                    .contains("Price drops on things in your cart", "nothing else you need to do");
            assertThat(wantsOffers(customer)).as("%s", click).isFalse();
        }
    }

    @Test
    void to_look_never_acts_and_to_click_again_changes_nothing() throws Exception {
        // Given
        var customer = customerWhoWantsOffers("en");
        var link = linkInTheMailTo(customer);

        // When
        var looked = send(request(link).GET().build());
        var glanced = send(request(link).method("HEAD", BodyPublishers.noBody()).build());

        // Then
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(looked.body())
                .contains("<form method=\"post\"><button>Unsubscribe</button></form>")
                .contains("Would you like to stop receiving these emails?");
        assertThat(looked.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(glanced.statusCode()).isEqualTo(200);
        assertThat(wantsOffers(customer)).isTrue();

        // When
        var first = post(link, new Click("application/x-www-form-urlencoded", null, "List-Unsubscribe=One-Click"));
        var version = version(customer);
        var second = post(link, new Click("application/x-www-form-urlencoded", null, "List-Unsubscribe=One-Click"));

        // Then
        assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(wantsOffers(customer)).isFalse();
        assertThat(version(customer)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT | de | ltr | Möchten Sie diese E-Mails nicht mehr erhalten? | Preissenkungen | Sie sind abgemeldet",
                "fr-CA | fr | ltr | Souhaitez-vous ne plus recevoir               | Baisses de prix | désabonné",
                "pt-BR | pt-BR | ltr | Quer parar de receber | Quedas de preço | Você não receberá mais",
                "ar    | ar | rtl | هل تريد التوقف | انخفاض | لن تتلقى",
                "en-GB | en | ltr | Would you like to stop | Price drops | You are unsubscribed",
                "tlh   | en | ltr | Would you like to stop | Price drops | You are unsubscribed"
            })
    void the_page_speaks_the_customers_language(
            String locale, String lang, String direction, String question, String what, String done) throws Exception {
        // Given
        var link = linkInTheMailTo(customerWhoWantsOffers(locale));

        // When
        var asked = send(request(link).header("Accept-Language", "it").GET().build())
                .body();
        var answered = post(link, new Click("application/x-www-form-urlencoded", "*/*", "List-Unsubscribe=One-Click"))
                .body();

        // Then
        assertThat(asked).contains("<html lang=\"" + lang + "\" dir=\"" + direction + "\">", question, what);
        assertThat(answered)
                .contains("<html lang=\"" + lang + "\" dir=\"" + direction + "\">", done, what)
                .doesNotContain("<form");
    }

    @Test
    void credentials_that_are_none_do_not_stand_in_the_way() throws Exception {
        var customer = customerWhoWantsOffers("en");
        var link = linkInTheMailTo(customer);

        var answer = send(request(link)
                .header("X-API-Key", "ck_wrong")
                .header("Authorization", "Basic eDp5")
                .header("Cookie", "a=b")
                .header("If-Match", "\"7\"")
                .header("If-None-Match", "*")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(wantsOffers(customer)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void a_forged_link_leads_nowhere(String forged) throws Exception {
        for (var method : List.of("GET", "POST")) {
            var answer = send(request(service.uri("/unsubscribe/" + forged))
                    .method(method, BodyPublishers.noBody())
                    .build());
            assertThat(answer.statusCode()).as(method).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    static List<String> forgeries() throws Exception {
        var token = token(linkInTheMailTo(customerWhoWantsOffers("en")));
        var bytes = Base64.getUrlDecoder().decode(token);
        var otherTenant = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("default\n", "brand-b\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return List.of(
                "x",
                "ZGVmYXVsdAo",
                token.substring(1),
                token.substring(0, token.length() - 1),
                token.substring(0, token.length() / 2),
                token + "A",
                token + "=",
                Base64.getUrlEncoder().withoutPadding().encodeToString(otherTenant),
                token.repeat(15),
                "A".repeat(3_500),
                "%00",
                "%20" + token,
                token + "%0A");
    }

    @ParameterizedTest
    @CsvSource({
        "/unsubscribe, 404",
        "/unsubscribe/, 404",
        "/unsubscribe/x/y, 404",
        "/unsubscribe/..%2fq/metrics, 404",
        "/unsubscribe/../q/metrics, 401",
        "/unsubscribe/%2e%2e/q/metrics, 401",
        "/unsubscribed/x, 401",
        "/api/v1/customers/unsubscribe/x, 401"
    })
    void nothing_else_is_open_for_it(String path, int status) {
        given().baseUri(service.uri("").toString())
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    private static HttpResponse<String> post(URI link, Click click) throws Exception {
        var request = request(link).POST(BodyPublishers.ofString(click.body()));
        if (click.contentType() != null) {
            request.header("Content-Type", click.contentType());
        }
        if (click.accept() != null) {
            request.header("Accept", click.accept());
        }
        return send(request.build());
    }

    private static HttpRequest.Builder request(URI link) {
        return HttpRequest.newBuilder(link);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return BROWSER.send(request, BodyHandlers.ofString());
    }

    /** As the mail has it, but at the address of this process. */
    private static URI linkInTheMailTo(String customer) throws Exception {
        service = MailingProduction.service();
        api().body(Map.of(
                        "type",
                        "PRICE_DROP_ALERT",
                        "customerId",
                        customer,
                        "context",
                        Map.of("productName", "Router", "oldPrice", 2, "newPrice", 1)))
                .post("/api/v1/notifications")
                .then()
                .statusCode(202);
        var mail = MailingProduction.mailTo(customer + "@example.com");
        assertThat(mail.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
        var link = URI.create(
                mail.getHeader("List-Unsubscribe", null).replaceAll("\\s", "").replaceAll("^<(.*)>$", "$1"));
        assertThat(link.toString()).startsWith("https://carillon.test/unsubscribe/");
        return service.uri(link.getRawPath());
    }

    private static String token(URI link) {
        return link.getRawPath().substring("/unsubscribe/".length());
    }

    private static String customerWhoWantsOffers(String locale) {
        service = MailingProduction.service();
        var customer = "u-" + UUID.randomUUID();
        api().body(Map.of("name", "Olga", "email", customer + "@example.com"))
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
        api().body(Map.of("preferences", Map.of("price_alerts", Map.of("email", true)), "locale", locale))
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);
        return customer;
    }

    private static boolean wantsOffers(String customer) {
        return api().get("/api/v1/preferences/" + customer)
                .then()
                .statusCode(200)
                .extract()
                .path("preferences.price_alerts.email");
    }

    private static int version(String customer) {
        return api().get("/api/v1/preferences/" + customer).then().extract().path("version");
    }

    private static RequestSpecification api() {
        return given().baseUri(service.uri("").toString())
                .contentType(ContentType.JSON)
                .header("X-API-Key", MailingProduction.ADMIN_KEY);
    }
}
