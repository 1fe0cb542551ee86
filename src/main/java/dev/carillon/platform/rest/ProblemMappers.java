package dev.carillon.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** Maps exceptions of REST endpoints to problems. */
class ProblemMappers {

    private final AllowedMethods methods;
    private final Forbidden forbidden;

    ProblemMappers(AllowedMethods methods, Forbidden forbidden) {
        this.methods = methods;
        this.forbidden = forbidden;
    }

    /** Named one by one, for the framework has its own answer to each of them. */
    @ServerExceptionMapper({
        ProblemException.class,
        ConstraintViolationException.class,
        JsonProcessingException.class,
        JsonMappingException.class,
        MismatchedInputException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class
    })
    Response refused(Throwable e, HttpServerRequest request) {
        return answer(Diagnosis.of(e), request);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, HttpServerRequest request, SimpleResourceInfo endpoint) {
        return answer(forbidden.at(endpoint), request);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, HttpServerRequest request) {
        if (e.getResponse().getStatus() < 400) {
            return e.getResponse();
        }
        var refusesTheMethod = e instanceof NotAllowedException
                || e instanceof NotFoundException
                        && methods.refuse(request.method().name(), request.path());
        if (refusesTheMethod && request.method() == HttpMethod.OPTIONS) {
            return Response.noContent()
                    .header(HttpHeaders.ALLOW, methods.allowed(request.path()))
                    .build();
        }
        return refusesTheMethod
                ? Response.fromResponse(answer(Problem.of(ProblemType.METHOD_NOT_ALLOWED, null), request))
                        .header(HttpHeaders.ALLOW, methods.allowed(request.path()))
                        .build()
                : answer(Diagnosis.of(e), request);
    }

    @ServerExceptionMapper
    Response broken(Throwable e, HttpServerRequest request, SimpleResourceInfo endpoint) {
        var problem = Diagnosis.of(e);
        FailureLog.write(problem, e, name(endpoint));
        return answer(problem, request);
    }

    /** The endpoint's name, not the path, which holds customer ids. */
    private static String name(@Nullable SimpleResourceInfo endpoint) {
        return endpoint == null || endpoint.getResourceClass() == null
                ? "none"
                : endpoint.getResourceClass().getSimpleName() + "." + endpoint.getMethodName();
    }

    private static Response answer(Problem problem, HttpServerRequest request) {
        var response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.at(request.path()));
        problem.headers().forEach(response::header);
        return response.build();
    }
}
