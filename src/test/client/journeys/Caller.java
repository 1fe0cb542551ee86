package journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import generated.ApiClient;
import generated.ApiException;
import generated.api.CustomersApi;
import generated.model.Customer;
import generated.model.Problem;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every user of the generated client does: says where the service is, brings a key, and reads problems. */
class Caller {

    private final URI service;
    protected final ApiClient client;

    Caller(URI service, String key) {
        this.service = service;
        this.client = with(key);
    }

    ApiClient with(String key) {
        var client = new ApiClient();
        client.updateBaseUri(service.toString());
        client.setRequestInterceptor(request -> request.header("X-API-Key", key));
        return client;
    }

    /** Somebody nobody else tells anything. */
    String customer() throws ApiException {
        var id = "cust-" + UUID.randomUUID();
        new CustomersApi(client).putCustomer(id, new Customer().name("Zoe").email(id + "@example.com").phone("+12025550110"), null, null);
        return id;
    }

    /** In the customer's own offset; the service answers in UTC. */
    static OffsetDateTime tomorrow() {
        return OffsetDateTime.now().plusDays(1).truncatedTo(ChronoUnit.MILLIS).withOffsetSameInstant(ZoneOffset.ofHours(2));
    }

    Problem problem(int status, ThrowingCallable call) throws Exception {
        var refused = catchThrowableOfType(ApiException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.getCode()).as(refused.getResponseBody()).isEqualTo(status);
        assertThat(refused.getResponseHeaders().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        var problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertThat(problem.getStatus()).isEqualTo(status);
        assertThat(problem.getTitle()).isNotBlank();
        assertThat(problem.getType().toString()).startsWith("https://carillon.dev/problems/");
        return problem;
    }
}
