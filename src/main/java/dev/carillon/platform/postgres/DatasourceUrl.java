package dev.carillon.platform.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL URL that can be written for either driver.
 *
 * @param place host and port
 * @param database with the slash, empty for the driver's default
 * @param parameters by the names the reactive driver has for them, values still encoded
 */
record DatasourceUrl(String place, String database, Map<String, String> parameters, Optional<String> credentials) {

    private static final Pattern FORM = Pattern.compile("(?:jdbc:|vertx-reactive:)?postgres(?:ql)?://"
            + "(?:(?<credentials>[^@/?]*)@)?(?<place>[^/?,@]+)(?<database>/[^?,]*)?(?:\\?(?<parameters>[^,]*))?");

    /**
     * The parameters both drivers support. Others mean something to one of them only, and the server refuses what it
     * does not know.
     */
    private static final Map<String, String> REACTIVE_TO_JDBC = Map.of(
            "sslmode", "sslmode",
            "application_name", "ApplicationName",
            "search_path", "currentSchema",
            "user", "user",
            "password", "password");

    /** @param setting where the URL comes from, for the message when it has no equivalent for the other driver */
    static DatasourceUrl parse(String setting, String url) {
        Matcher form = FORM.matcher(url.strip());
        if (!form.matches()) {
            throw new PostgresStartException("Cannot tell the other driver's URL from " + setting
                    + ", which should look like postgresql://host:port/database with one host:"
                    + " set both quarkus.datasource.reactive.url and quarkus.datasource.jdbc.url");
        }
        return new DatasourceUrl(
                form.group("place"),
                orEmpty(form.group("database")),
                parameters(orEmpty(form.group("parameters"))),
                Optional.ofNullable(form.group("credentials")));
    }

    String reactive() {
        return "postgresql://" + place + database + query(parameters);
    }

    String jdbc() {
        var renamed = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> renamed.put(REACTIVE_TO_JDBC.getOrDefault(name, name), value));
        return "jdbc:postgresql://" + place + (database.isEmpty() ? "/" : database) + query(renamed);
    }

    Optional<String> user() {
        return credentials.map(pair -> pair.split(":", 2)[0]).map(DatasourceUrl::decoded);
    }

    Optional<String> password() {
        return credentials
                .map(pair -> pair.split(":", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> decoded(pair[1]));
    }

    private static Map<String, String> parameters(String query) {
        var known = new LinkedHashMap<String, String>();
        for (String parameter : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            REACTIVE_TO_JDBC.forEach((reactive, jdbc) -> {
                if (pair.length == 2 && (pair[0].equals(reactive) || pair[0].equals(jdbc))) {
                    known.put(reactive, pair[1]);
                }
            });
        }
        return known;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
