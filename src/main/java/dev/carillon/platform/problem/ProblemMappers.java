package dev.carillon.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.carillon.platform.batch.Overloaded;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Turns what goes wrong in an endpoint into a problem; nothing of the inside (class names, traces) gets out. */
class ProblemMappers {

    private static final Set<String> BEAN_NODES = Set.of("body", "arg0", "arg1", "arg2");

    @ServerExceptionMapper
    Response refused(ProblemException e, UriInfo uri) {
        return answer(e.problem(), uri);
    }

    @ServerExceptionMapper
    Response overloaded(Overloaded e, UriInfo uri) {
        return answer(Problem.of(ProblemType.OVERLOADED, "More requests are waiting than can be committed; try again in a second"), uri);
    }

    @ServerExceptionMapper
    Response unknownProperty(UnrecognizedPropertyException e, UriInfo uri) {
        return answer(Problem.invalid(pointer(e), "is not a known property"), uri);
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e, UriInfo uri) {
        var expected = e.getTargetType() == null ? "another type" : typeName(e.getTargetType());
        return answer(Problem.invalid(pointer(e), "must be " + expected), uri);
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException e, UriInfo uri) {
        var where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
        return answer(Problem.of(ProblemType.MALFORMED_JSON, "JSON cannot be read" + where), uri);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException e, UriInfo uri) {
        var errors = e.getConstraintViolations().stream()
                .map(v -> new Problem.FieldError(v.getMessage(), pointer(v)))
                .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
                .toList();
        return answer(Problem.invalid(errors), uri);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated(UriInfo uri) {
        return answer(Problem.of(ProblemType.UNAUTHENTICATED, "Send an API key in the X-API-Key header"), uri);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, UriInfo uri) {
        return answer(Problem.of(ProblemType.FORBIDDEN, "The key's roles do not allow this operation"), uri);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json, uri);
        }
        return answer(ofStatus(e.getResponse().getStatus()), uri);
    }

    @ServerExceptionMapper
    Response broken(Throwable e, UriInfo uri) {
        Log.errorf(e, "request failed; the caller got a 500: path=%s", uri.getPath());
        return answer(Problem.of(ProblemType.INTERNAL, "The failure is in our log; nothing was acknowledged"), uri);
    }

    private Response json(JsonProcessingException e, UriInfo uri) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknownProperty(unknown, uri);
        }
        return e instanceof MismatchedInputException mismatched ? mismatched(mismatched, uri) : malformed(e, uri);
    }

    private static Problem ofStatus(int status) {
        for (var type : List.of(ProblemType.NOT_FOUND, ProblemType.METHOD_NOT_ALLOWED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
                ProblemType.NOT_ACCEPTABLE, ProblemType.TOO_LARGE)) {
            if (type.status() == status) {
                return Problem.of(type, null);
            }
        }
        return status == 400 ? Problem.of(ProblemType.MALFORMED_JSON, "The request cannot be read")
                : Problem.of(ProblemType.INTERNAL, "status " + status);
    }

    private static Response answer(Problem problem, UriInfo uri) {
        var response = Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.at(uri.getPath()));
        return (problem.status() == 503 ? response.header("Retry-After", 1) : response).build();
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        for (var part : e.getPath()) {
            pointer.append('/').append(part.getFieldName() == null ? String.valueOf(part.getIndex())
                    : part.getFieldName().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String pointer(ConstraintViolation<?> violation) {
        var nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false).toList();
        var pointer = new StringBuilder();
        for (Path.Node node : nodes.subList(Math.min(1, nodes.size()), nodes.size())) {     // the first is the method
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (node.getName() != null && !BEAN_NODES.contains(node.getName()) && !node.getName().startsWith("<")) {
                pointer.append('/').append(node.getName());
            }
        }
        return pointer.toString();
    }

    private static String typeName(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (java.util.Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "an object";
        }
        if (java.util.Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "a number" : "of another form";
    }
}
