package dev.carillon.platform.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds the problems that any operation can answer with to the OpenAPI document. An endpoint with more to say declares
 * the status with its own description, and gets the content from here.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemsInOpenApi implements OASFilter {

    private static final String SCHEMA = "#/components/schemas/Problem";
    private static final List<Integer> ANY = List.of(401, 403, 429, 503);
    private static final List<Integer> WITH_A_BODY = List.of(400, 413, 415, 422);
    private static final List<Integer> WITH_A_KEY = List.of(400, 409, 422);
    private static final String KEY = "Idempotency-Key";

    /** Statuses for which the endpoint's own description says more. */
    private static final Set<Integer> SPECIFIC = Set.of(404, 409, 422);

    private static final Map<Integer, String> DESCRIPTIONS = new TreeMap<>(
            Map.ofEntries(
                    Map.entry(400, "The body is not JSON, or the Idempotency-Key is not valid"),
                    Map.entry(401, "The key is missing, unknown or revoked"),
                    Map.entry(403, "The key's roles do not allow it"),
                    Map.entry(404, "Not found, or not in your tenant"),
                    Map.entry(
                            409,
                            "It conflicts with the current state, or a request with this Idempotency-Key is being answered"),
                    Map.entry(412, "If-Match names another version than the one in force"),
                    Map.entry(
                            413,
                            "The body has too many bytes, or its JSON more than 500,000 tokens (names, values, starts and ends of objects and arrays); the problem names the limit"),
                    Map.entry(415, "The body is not application/json"),
                    Map.entry(
                            422,
                            "A field is not valid, and a JSON pointer names it; or the Idempotency-Key was used with another content before"),
                    Map.entry(429, "Too many requests with this key; Retry-After says when to try again"),
                    Map.entry(
                            503,
                            "Too many requests are waiting, or the database is unavailable; Retry-After says when to try again")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components);
        DESCRIPTIONS.forEach(
                (status, description) -> components.addResponse(name(status), response(status, description)));
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> complete(operation, components));
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
                .map(ProblemsInOpenApi::name)
                .filter(name -> !used.contains("#/components/responses/" + name))
                .forEach(components::removeResponse);
    }

    private static void complete(Operation operation, Components components) {
        var responses = operation.getResponses() == null ? OASFactory.createAPIResponses() : operation.getResponses();
        operation.setResponses(responses);
        statusesOf(operation)
                .filter(status -> !SPECIFIC.contains(status) || !responses.hasAPIResponse(String.valueOf(status)))
                .forEach(status -> responses.addAPIResponse(
                        String.valueOf(status), OASFactory.createAPIResponse().ref(name(status))));
        withContent(responses, components);
    }

    private static Stream<Integer> statusesOf(Operation operation) {
        var always = ANY.stream();
        var body = operation.getRequestBody() == null ? Stream.<Integer>of() : WITH_A_BODY.stream();
        var path = hasParameter(operation, parameter -> parameter.getIn() == Parameter.In.PATH)
                ? Stream.of(404)
                : Stream.<Integer>of();
        var key = hasParameter(operation, parameter -> KEY.equals(parameter.getName()))
                ? WITH_A_KEY.stream()
                : Stream.<Integer>of();
        return Stream.of(always, body, path, key)
                .flatMap(statuses -> statuses)
                .distinct()
                .sorted();
    }

    private static boolean hasParameter(Operation operation, Predicate<Parameter> wanted) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(wanted);
    }

    private static void withContent(APIResponses responses, Components components) {
        DESCRIPTIONS.keySet().forEach(status -> {
            var own = responses.getAPIResponse(String.valueOf(status));
            if (own != null && own.getRef() == null) {
                own.setContent(components.getResponses().get(name(status)).getContent());
            }
        });
    }

    private static APIResponse response(int status, String description) {
        var response = OASFactory.createAPIResponse().description(description).content(content(status));
        return status != 503 && status != 429
                ? response
                : response.addHeader(
                        "Retry-After",
                        OASFactory.createHeader()
                                .description("Seconds")
                                .schema(OASFactory.createSchema().addType(SchemaType.INTEGER)));
    }

    private static Content content(int status) {
        var media =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(SCHEMA));
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

    private static String name(int status) {
        return "Problem" + status;
    }
}
