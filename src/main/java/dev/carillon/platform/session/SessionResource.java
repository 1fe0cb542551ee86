package dev.carillon.platform.session;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.ConsoleSessions;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.security.Session;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API that exchanges a key for a session of the console, says who is signed in, and signs out. */
@Path(SessionResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Session", description = "Signing in to the console. Programs send their key with each request instead.")
class SessionResource {

    static final String PATH = "/api/v1/session";

    private static final int LONGEST_KEY = 500;

    /** What is exchanged for a session. */
    @RegisterForReflection
    @Schema(description = "What is exchanged for a session.")
    record SignIn(
            @Schema(description = "An API key", examples = "ck_3q2-7w…")
            @NotBlank(message = "is required")
            @Size(max = LONGEST_KEY, message = "must have at most " + LONGEST_KEY + " characters")
            String key) {

        @Override
        public String toString() {
            return "SignIn";
        }
    }

    /** Who is signed in, and until when. */
    @RegisterForReflection
    @Schema(description = "Who is signed in, and until when.")
    record SignedIn(
            @Schema(description = "The tenant whose data is shown", examples = "default")
            String tenant,

            @Schema(description = "What the key may do", examples = "[\"admin\"]")
            Set<String> roles,

            @Schema(
                    description = "To be sent as X-CSRF-Token with every write; null without a session",
                    examples = "9f2c…")
            @Nullable
            String csrfToken,

            @Schema(
                    description = "When the session ends in any case; null without one",
                    examples = "2025-11-20T21:30:00Z")
            @Nullable
            Instant expiresAt,

            @Schema(
                    description = "When it ends unless it is used again; null without one",
                    examples = "2025-11-20T10:00:00Z")
            @Nullable
            Instant idleUntil,

            @Schema(description = "Whether the service asks nobody for a key: in development", examples = "false")
            boolean open) {

        static SignedIn of(Session session, String csrfToken) {
            return new SignedIn(
                    session.key().tenant(),
                    new TreeSet<>(session.key().roles()),
                    csrfToken,
                    session.expiresAt(),
                    session.idleUntil(),
                    false);
        }

        @Override
        public String toString() {
            return "SignedIn[" + tenant + "]";
        }
    }

    private final ConsoleSessions sessions;
    private final Caller caller;

    SessionResource(ConsoleSessions sessions, Caller caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    @POST
    @PermitAll
    @SecurityRequirements
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "signIn", summary = "Sign in", description = """
            Exchanges an API key for a session: a cookie that scripts cannot read, for HTTPS and this host only. It gives what the key gives,
            and ends with it, when nobody uses it, and after its longest time. Writes need `csrfToken` in the header `X-CSRF-Token`.""")
    @APIResponseSchema(value = SignedIn.class, responseCode = "201", responseDescription = "Signed in")
    @APIResponse(
            responseCode = "401",
            description = "No such key is in force",
            content = @Content(mediaType = Problem.MEDIA_TYPE))
    @APIResponse(
            responseCode = "403",
            description = "A page of another origin asks",
            content = @Content(mediaType = Problem.MEDIA_TYPE))
    @APIResponse(
            responseCode = "429",
            description = "Too many wrong keys came from this address",
            content = @Content(mediaType = Problem.MEDIA_TYPE))
    public Uni<Response> signIn(
            @Valid @NotNull(message = "is required") SignIn wanted, @Context HttpServerRequest request) {
        return sessions.start(wanted.key().strip(), request)
                .map(started -> Response.created(URI.create(PATH))
                        .cookie(cookie(started.cookie()).build())
                        .entity(SignedIn.of(started.session(), started.csrfToken()))
                        .build());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PUBLISHER, Roles.SENDER, Roles.READER, Roles.METRICS})
    @Operation(operationId = "getSession", summary = "Who is signed in", description = """
            The session of the cookie; for a key that is sent instead, its tenant and roles. In open mode everybody is the administrator of the
            tenant `default`.""")
    @APIResponse(responseCode = "200", description = "Who it is")
    public Uni<SignedIn> whoIsIt(@Context HttpServerRequest request) {
        var session = caller.session();
        var csrfToken = sessions.csrfToken(request);
        return Uni.createFrom()
                .item(
                        session != null && csrfToken != null
                                ? SignedIn.of(session, csrfToken)
                                : new SignedIn(
                                        caller.tenant(),
                                        new TreeSet<>(caller.roles()),
                                        null,
                                        null,
                                        null,
                                        caller.isAnybody()));
    }

    @DELETE
    @RolesAllowed({Roles.ADMIN, Roles.PUBLISHER, Roles.SENDER, Roles.READER, Roles.METRICS})
    @Operation(
            operationId = "signOut",
            summary = "Sign out",
            description = "The session ends at once on every replica, and its open streams within seconds.")
    @APIResponse(responseCode = "204", description = "Signed out")
    public Uni<Response> signOut() {
        var session = caller.session();
        return (session == null ? Uni.createFrom().voidItem() : sessions.end(session))
                .map(ended -> Response.noContent()
                        .cookie(cookie("").maxAge(0).build())
                        .build());
    }

    private static NewCookie.Builder cookie(String value) {
        return new NewCookie.Builder(ConsoleSessions.COOKIE)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT);
    }
}
