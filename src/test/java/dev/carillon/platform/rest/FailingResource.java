package dev.carillon.platform.rest;

import dev.carillon.platform.batch.Overloaded;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.ConnectException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Endpoints that break in ways no real one can be made to on demand; part of the tests only. */
@Path("/test/failures")
@PermitAll
class FailingResource {

    static final String SECRET = "alice@example.com";

    @GET
    @Path("/overloaded")
    @Operation(hidden = true)
    public Uni<String> overloaded() {
        return Uni.createFrom().failure(new Overloaded());
    }

    @GET
    @Path("/database-away")
    @Operation(hidden = true)
    public Uni<String> databaseAway() {
        return Uni.createFrom().failure(new ConnectException("Connection refused: db.internal/10.0.0.1"));
    }

    @GET
    @Path("/sql")
    @Operation(hidden = true)
    public Uni<String> sql() {
        return Uni.createFrom().failure(new PgException("value too long: " + SECRET, "ERROR", "42601", SECRET));
    }

    @GET
    @Path("/bug")
    @Operation(hidden = true)
    public Uni<String> bug() {
        throw new IllegalStateException("customer " + SECRET);
    }
}
