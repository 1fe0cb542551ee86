package dev.carillon.platform.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds the responses and headers to the OpenAPI document that follow from what an operation is: whether it has a body, an id, a query, a
 * page, a precondition, an {@code Idempotency-Key}. An endpoint with more to say of a problem declares its status with a description, and
 * gets the content from here.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ResponsesInOpenApi implements OASFilter {

    private static final String KEY = "Idempotency-Key";
    private static final String IF_MATCH = "If-Match";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    /** What the framework says of a status by itself. */
    private static final Set<String> GENERATED = Set.of("Bad Request", "Not Authorized", "Not Allowed");

    private static final Map<Integer, String> DESCRIPTIONS = new TreeMap<>(
            Map.ofEntries(
                    Map.entry(304, "If-None-Match names the current version"),
                    Map.entry(400, "The body is not JSON, or the Idempotency-Key is not valid"),
                    Map.entry(401, "The key is missing, unknown or revoked"),
                    Map.entry(403, "The key's roles do not allow it"),
                    Map.entry(404, "Not found, or not in your tenant"),
                    Map.entry(406, "None of the media types that Accept names"),
                    Map.entry(
                            409,
                            "It conflicts with the current state, or a request with this Idempotency-Key is being answered"),
                    Map.entry(410, "It is not there any more"),
                    Map.entry(412, "If-Match does not name the current version, or If-None-Match does"),
                    Map.entry(
                            413,
                            "The body has too many bytes, or its JSON more than 500,000 tokens (names, values, starts and ends of objects and arrays); the problem names the limit"),
                    Map.entry(415, "The body is not application/json"),
                    Map.entry(
                            422,
                            "A field or a parameter is not valid, and a JSON pointer names it; or the Idempotency-Key was used with another content before"),
                    Map.entry(429, "Too many requests with this key; Retry-After says when to try again"),
                    Map.entry(
                            503,
                            "Too many requests are waiting, or the database is unavailable; Retry-After says when to try again")));

    private static final Map<String, Header> HEADERS = new TreeMap<>(Map.of(
            "ETag", header(SchemaType.STRING, "Its version, for If-Match and If-None-Match"),
            "Idempotency-Replayed",
                    header(SchemaType.BOOLEAN, "true when this is the answer to an earlier request with the same key"),
            "Link", header(SchemaType.STRING, "The next page, with rel=\"next\"; left out on the last one"),
            "Location", header(SchemaType.STRING, "Where to read it"),
            "Retry-After", header(SchemaType.INTEGER, "Seconds")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components);
        HEADERS.forEach(components::addHeader);
        DESCRIPTIONS.forEach((status, description) ->
                components.addResponse(nameOf(status), response(status).description(description)));
        document.getPaths().getPathItems().values().forEach(path -> complete(path, components));
        withoutUnused(document, components);
    }

    /** Some statuses have a description of their own wherever they are answered. */
    private static void withoutUnused(OpenAPI document, Components components) {
        var used = document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .map(APIResponse::getRef)
                .collect(Collectors.toSet());
        DESCRIPTIONS.keySet().stream()
                .map(ResponsesInOpenApi::nameOf)
                .filter(name -> !used.contains("#/components/responses/" + name))
                .forEach(components::removeResponse);
    }

    /** What can be changed under a precondition has a version when it is read. */
    private static void complete(PathItem path, Components components) {
        var operations = path.getOperations();
        operations.values().forEach(operation -> complete(operation, components));
        if (path.getGET() != null && operations.values().stream().anyMatch(one -> has(one, In.HEADER, IF_MATCH))) {
            addTo(path.getGET().getResponses(), "200", "ETag");
            path.getGET().getResponses().addAPIResponse("304", reference(304));
        }
    }

    private static void complete(Operation operation, Components components) {
        var responses = operation.getResponses() == null ? OASFactory.createAPIResponses() : operation.getResponses();
        operation.setResponses(responses);
        for (int status : problemsOf(operation)) {
            var own = responses.getAPIResponse(String.valueOf(status));
            if (own == null || own.getDescription() != null && GENERATED.contains(own.getDescription())) {
                responses.addAPIResponse(String.valueOf(status), reference(status));
            }
        }
        for (var status : DESCRIPTIONS.keySet()) {
            var own = responses.getAPIResponse(String.valueOf(status));
            if (own != null && own.getRef() == null) {
                var common = components.getResponses().get(nameOf(status));
                own.content(common.getContent()).setHeaders(common.getHeaders());
            }
        }
        withHeaders(operation, components);
    }

    private static Set<Integer> problemsOf(Operation operation) {
        var statuses = new TreeSet<>(Set.of(401, 403, 429, 503));
        if (operation.getRequestBody() != null) {
            statuses.addAll(Set.of(400, 413, 415, 422));
        }
        if (has(operation, parameter -> parameter.getIn() == In.PATH)) {
            statuses.add(404);
        }
        if (has(operation, parameter -> parameter.getIn() == In.QUERY)) {
            statuses.add(422);
        }
        if (has(operation, In.HEADER, LAST_EVENT_ID)) {
            statuses.add(422);
        }
        if (has(operation, In.HEADER, KEY)) {
            statuses.addAll(Set.of(400, 409, 422));
        }
        if (has(operation, In.HEADER, IF_MATCH)) {
            statuses.add(412);
        }
        return statuses;
    }

    /** A creation answers with what a change answers with, and says where it is. */
    private static void withHeaders(Operation operation, Components components) {
        var responses = operation.getResponses();
        var created = responses.getAPIResponse("201");
        var changed = responses.getAPIResponse("200");
        if (created != null && created.getContent() == null && changed != null) {
            created.setContent(changed.getContent());
        }
        addTo(responses, "201", "Location");
        if (has(operation, In.HEADER, KEY)) {
            List.of("200", "201", "202").forEach(status -> addTo(responses, status, "Idempotency-Replayed"));
        }
        if (has(operation, In.QUERY, "after") && changed != null && isPage(changed, components)) {
            addTo(responses, "200", "Link");
        }
    }

    private static boolean isPage(APIResponse answer, Components components) {
        return answer.getContent().getMediaTypes().values().stream()
                .map(media -> Schemas.nameOf(media.getSchema()))
                .filter(Objects::nonNull)
                .map(name -> components.getSchemas().get(name))
                .anyMatch(schema -> schema.getProperties().containsKey("next"));
    }

    private static void addTo(APIResponses responses, String status, String header) {
        var response = responses.getAPIResponse(status);
        if (response != null) {
            response.addHeader(header, OASFactory.createHeader().ref(header));
        }
    }

    private static boolean has(Operation operation, In place, String name) {
        return has(operation, parameter -> parameter.getIn() == place && name.equals(parameter.getName()));
    }

    private static boolean has(Operation operation, Predicate<Parameter> wanted) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(wanted);
    }

    private static APIResponse response(int status) {
        var response = OASFactory.createAPIResponse();
        if (status >= 400) {
            response.setContent(content(status));
        }
        return status != 503 && status != 429
                ? response
                : response.addHeader("Retry-After", OASFactory.createHeader().ref("Retry-After"));
    }

    private static Content content(int status) {
        MediaType media = OASFactory.createMediaType().schema(Schemas.referenceTo("Problem"));
        Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .forEach(type -> media.addExample(
                        type.slug(),
                        OASFactory.createExample().summary(type.title()).value(example(type))));
        return OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, media);
    }

    private static Map<String, Object> example(ProblemType type) {
        var example = new LinkedHashMap<String, Object>();
        example.put("type", type.uri().toString());
        example.put("title", type.title());
        example.put("status", type.status());
        example.put("instance", "/api/v1/notifications");
        if (type == ProblemType.VALIDATION) {
            example.put("detail", "1 field is not valid");
            example.put("errors", List.of(Map.of("detail", "is required", "pointer", "/context/orderId")));
        }
        return example;
    }

    private static Header header(SchemaType type, String description) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(type));
    }

    private static APIResponse reference(int status) {
        return OASFactory.createAPIResponse().ref(nameOf(status));
    }

    private static String nameOf(int status) {
        return status < 400 ? "NotModified" : "Problem" + status;
    }
}
