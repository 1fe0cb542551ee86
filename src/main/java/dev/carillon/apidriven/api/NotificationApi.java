package dev.carillon.apidriven.api;

import dev.carillon.notification.preference.Preferences;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP client by which other teams call the notification API. */
@Path("/api/v1")
public interface NotificationApi {

    String KEY = "X-API-Key";

    @POST
    @Path("/notifications")
    Uni<Accepted> submit(@HeaderParam(KEY) String key, NotificationRequest request);

    @GET
    @Path("/preferences/{customerId}")
    Uni<Preferences> preferences(@HeaderParam(KEY) String key, @PathParam("customerId") String customerId);

    @PUT
    @Path("/preferences/{customerId}")
    Uni<Preferences> keepPreferences(
            @HeaderParam(KEY) String key, @PathParam("customerId") String customerId, Preferences preferences);

    @PUT
    @Path("/customers/{customerId}")
    Uni<Map<String, @Nullable Object>> keepCustomer(
            @HeaderParam(KEY) String key,
            @PathParam("customerId") String customerId,
            Map<String, @Nullable Object> contact);
}
