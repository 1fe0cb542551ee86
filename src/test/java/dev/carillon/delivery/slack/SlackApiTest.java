package dev.carillon.delivery.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.delivery.httpclient.HttpProviderContractTest;
import dev.carillon.delivery.httpclient.TestHttpSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** All a new provider has to write to be tested for every misbehaviour. */
class SlackApiTest extends HttpProviderContractTest {

    @Override
    protected Gateway gateway(Duration deadline) {
        return new HttpGateways(vertx, clock)
                .open(new SlackApi(url(), "xoxb-secret"), new TestHttpSettings(deadline, 5));
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.to("slack", "U024BE7LH", "Shipped", null);
    }

    @Override
    protected String path() {
        return "/api/chat.postMessage";
    }

    @Override
    protected ResponseDefinitionBuilder yes() {
        return aResponse().withBody("{\"ok\": true, \"ts\": \"1503435956.000247\"}");
    }

    @Override
    protected ResponseDefinitionBuilder no(int status, String code, String message) {
        return aResponse()
                .withStatus(status)
                .withBody(
                        new JsonObject().put("ok", false).put("error", message).encode());
    }
}
