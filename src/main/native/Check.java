import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The program behind {@code check.sh}: starts an executable, makes the requests of {@code journeys.txt} one after the other and compares
 * the answers with {@code answers.txt}. Ids, times and secrets, which are others in every run, are made the same before.
 *
 * <p>It fails when an answer is another one, and when an operation of the served document has no happy journey, or no bad one.
 */
public final class Check {

    private static final String ADMIN_KEY = "an-admin-key-for-the-journeys";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TOKEN = "a-token-of-the-text-message-provider";
    private static final String CALLBACK = "https://carillon.test/api/v1/callbacks/twilio";
    private static final String LINKS = "a-secret-for-the-links-in-the-mails-of-the-journeys";
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);
    private static final Duration HAPPENS_WITHIN = Duration.ofSeconds(60);
    private static final int FEW = 3;

    private final Path place;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> captured = new HashMap<>();
    private final KeyPair sendGrid;
    private int port;

    private Check(Path place) throws GeneralSecurityException {
        this.place = place;
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        this.sendGrid = generator.generateKeyPair();
        captured.put("unsubscribe", unsubscribeToken());
    }

    /** {@code Check PLACE EXECUTABLE [--record]}: the first one is where the journeys are. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2 || arguments.length > 3 || arguments.length == 3 && !arguments[2].equals("--record")) {
            System.err.println("usage: check.sh EXECUTABLE [--record]");
            System.exit(2);
        }
        var executable = Path.of(arguments[1]).toAbsolutePath();
        if (!Files.isRegularFile(executable)) {
            System.err.println("no such executable: " + executable);
            System.exit(2);
        }
        System.exit(new Check(Path.of(arguments[0])).run(executable, arguments.length == 3) ? 0 : 1);
    }

    private boolean run(Path executable, boolean record) throws Exception {
        var journeys = Journeys.read(place.resolve("journeys.txt"));
        var directory = Files.createTempDirectory("carillon-check-");
        var process = start(executable, directory);
        var ends = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(ends);
        try {
            awaitReady(process, directory);
            var answers = new LinkedHashMap<String, Answer>();
            for (var step : journeys.steps()) {
                answers.put(step.name(), answer(step));
            }
            var missing = uncovered(journeys, answers);
            missing.forEach(System.err::println);
            var path = place.resolve("answers.txt");
            if (record) {
                Files.writeString(path, Recorded.text(answers));
                System.out.println("recorded: " + answers.size() + " answers in " + path);
                return missing.isEmpty();
            }
            var differences = Recorded.differences(Recorded.read(path), answers);
            differences.forEach(System.err::println);
            System.out.println(answers.size() + " journeys of " + operations().size() + " operations, " + differences.size() + " answered otherwise than recorded, "
                    + missing.size() + " without a journey");
            return differences.isEmpty() && missing.isEmpty();
        } finally {
            end(process);
            Runtime.getRuntime().removeShutdownHook(ends);
            delete(directory);
        }
    }

    // --- the service ----------------------------------------------------------------------------------------------------------

    private Process start(Path executable, Path directory) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var command = executable.toString().endsWith(".jar")
                ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", executable.toString()) : List.of(executable.toString());
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(directory.resolve("service.log").toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("CARILLON_"));
        environment.putAll(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", String.valueOf(port),
                "CARILLON_ADMIN_KEY", ADMIN_KEY,
                "CARILLON_DEMO_ENABLED", "true",
                "CARILLON_UNSUBSCRIBE_BASE_URL", "https://carillon.test",
                "CARILLON_UNSUBSCRIBE_SECRET", LINKS,
                "CARILLON_DELIVERY_WEBHOOK_PROVIDER", "http",
                "CARILLON_CALLBACKS_GENERIC_ACME_SECRETS", SECRET));
        environment.putAll(Map.of(
                "CARILLON_PROVIDER_SENDGRID_WEBHOOK_PUBLIC_KEY", Base64.getEncoder().encodeToString(sendGrid.getPublic().getEncoded()),
                "CARILLON_PROVIDER_TWILIO_STATUS_CALLBACK", CALLBACK,
                "CARILLON_PROVIDER_TWILIO_WEBHOOK_TOKEN", TOKEN));
        return builder.start();
    }

    private void awaitReady(Process process, Path directory) throws Exception {
        var deadline = Instant.now().plus(STARTS_WITHIN);
        while (true) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the service does not start:\n" + Files.readString(directory.resolve("service.log")));
            }
            try {
                if (http.send(HttpRequest.newBuilder(uri("/q/health/ready")).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // it listens to nobody yet
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    // --- one request ----------------------------------------------------------------------------------------------------------

    private Answer answer(Step step) throws Exception {
        var deadline = Instant.now().plus(HAPPENS_WITHIN);
        while (true) {
            var answer = step.stream() ? firstEvent(step) : once(step);
            var unlike = step.until().entrySet().stream()
                    .filter(wanted -> !Pattern.matches(wanted.getValue(), String.valueOf(Json.at(answer.json(), wanted.getKey())))).findFirst();
            if (unlike.isEmpty() || Instant.now().isAfter(deadline)) {
                unlike.ifPresent(wanted -> System.err.println(step.name() + ": " + wanted.getKey() + " never became " + wanted.getValue()));
                step.captures().forEach((name, pointer) -> captured.put(name, String.valueOf(
                        pointer.startsWith("/") ? Json.at(answer.json(), pointer) : answer.header(pointer))));
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private Answer once(Step step) throws Exception {
        var response = http.send(request(step), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), headers(response), response.body());
    }

    /** A stream ends when nobody listens any more: its first event is enough. */
    private Answer firstEvent(Step step) throws Exception {
        var response = http.send(request(step), HttpResponse.BodyHandlers.ofLines());
        try (var lines = response.body()) {
            var event = lines.takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
            return new Answer(response.statusCode(), headers(response), event);
        }
    }

    private HttpRequest request(Step step) throws GeneralSecurityException {
        var body = filled(step.body());
        var path = filled(step.path());
        var builder = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(2))
                .method(step.method(), body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("X-API-Key", ADMIN_KEY);
        step.headers().forEach((name, value) -> headers.put(name, filled(value)));
        headers.putAll(signatures(step.signed(), path, body));
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                builder.header(name, value);
            }
        });
        return builder.build();
    }

    private String filled(String text) {
        return Pattern.compile("\\$\\{(\\w+)}").matcher(text).replaceAll(found -> {
            var value = captured.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing was captured as " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static Map<String, String> headers(HttpResponse<?> response) {
        var kept = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> kept.put(name, String.join(", ", values)));
        return kept;
    }

    // --- what providers sign --------------------------------------------------------------------------------------------------

    private Map<String, String> signatures(String way, String path, String body) throws GeneralSecurityException {
        var now = String.valueOf(Instant.now().getEpochSecond());
        return switch (way) {
            case "" -> Map.of();
            case "standard" -> Map.of("webhook-id", "msg_1", "webhook-timestamp", now, "webhook-signature", "v1," + base64(hmac("HmacSHA256",
                    Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "msg_1." + now + "." + body)));
            case "twilio" -> Map.of("X-Twilio-Signature", base64(hmac("HmacSHA1", TOKEN.getBytes(StandardCharsets.UTF_8),
                    CALLBACK + (path.contains("?") ? path.substring(path.indexOf('?')) : "") + sortedFields(body))));
            case "sendgrid" -> {
                var signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(sendGrid.getPrivate());
                signature.update((now + body).getBytes(StandardCharsets.UTF_8));
                yield Map.of("X-Twilio-Email-Event-Webhook-Timestamp", now, "X-Twilio-Email-Event-Webhook-Signature", base64(signature.sign()));
            }
            default -> throw new IllegalStateException("nobody signs like " + way);
        };
    }

    private static String sortedFields(String form) {
        return Arrays.stream(form.split("&")).map(field -> field.split("=", 2)).sorted(Comparator.comparing(field -> field[0]))
                .map(field -> field[0] + URLDecoder.decode(field[1], StandardCharsets.UTF_8)).collect(Collectors.joining());
    }

    private static String unsubscribeToken() throws GeneralSecurityException {
        var said = "default\nann\nprice_alerts\nemail".getBytes(StandardCharsets.UTF_8);
        var seal = hmac("HmacSHA256", LINKS.getBytes(StandardCharsets.UTF_8), new String(said, StandardCharsets.UTF_8));
        var token = Arrays.copyOf(said, said.length + 16);
        System.arraycopy(seal, 0, token, said.length, 16);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    // --- is every operation there? --------------------------------------------------------------------------------------------

    private List<String> uncovered(Journeys journeys, Map<String, Answer> answers) throws Exception {
        var happy = new TreeSet<String>();
        var bad = new TreeSet<String>();
        journeys.steps().forEach(step -> (answers.get(step.name()).status() < 400 ? happy : bad).add(step.operation()));
        var known = operations();
        var findings = new ArrayList<String>();
        for (var operation : known) {
            if (!happy.contains(operation) && !journeys.excused().contains(operation)) {
                findings.add(operation + " has no happy journey");
            }
            if (!bad.contains(operation)) {
                findings.add(operation + " has no bad journey");
            }
        }
        journeys.steps().stream().map(Step::operation).distinct().filter(operation -> !known.contains(operation) && !operation.equals("-"))
                .forEach(operation -> findings.add(operation + " has a journey, and is no operation of the document"));
        return findings;
    }

    private Set<String> operations() throws Exception {
        var document = http.send(HttpRequest.newBuilder(uri("/q/openapi?format=json")).header("X-API-Key", ADMIN_KEY).build(), HttpResponse.BodyHandlers.ofString());
        var operations = new TreeSet<String>();
        ((Map<?, ?>) Json.at(Json.read(document.body()), "/paths")).values().forEach(path -> ((Map<?, ?>) path).values().forEach(operation -> {
            if (operation instanceof Map<?, ?> one && one.get("operationId") != null) {
                operations.add(one.get("operationId").toString());
            }
        }));
        return operations;
    }

    /**
     * One request, and what is wanted of its answer.
     *
     * @param until    pointer → what must be there, asked for again and again
     * @param captures name → a pointer or a header, for the requests after it
     */
    private record Step(String operation, String label, String method, String path, Map<String, String> headers, Map<String, String> until, Map<String, String> captures,
                        String signed, boolean stream, String body) {

        String name() {
            return operation + ": " + label;
        }
    }

    /** @param excused operations without a happy journey, for a reason that stands there */
    private record Journeys(List<Step> steps, Set<String> excused) {

        static Journeys read(Path file) throws IOException {
            var steps = new ArrayList<Step>();
            var excused = new TreeSet<String>();
            for (var part : Files.readString(file).split("(?m)^(?=== |-- )")) {
                if (part.startsWith("-- ")) {
                    excused.add(part.substring(3, part.indexOf(' ', 3)));
                } else if (part.startsWith("== ")) {
                    steps.add(step(part.lines().filter(line -> !line.startsWith("#")).toList()));
                }
            }
            return new Journeys(steps, excused);
        }

        private static Step step(List<String> lines) {
            var title = lines.get(0).substring(3).split(": ", 2);
            var request = lines.get(1).split(" ", 2);
            var headers = new LinkedHashMap<String, String>();
            var until = new LinkedHashMap<String, String>();
            var captures = new LinkedHashMap<String, String>();
            var signed = "";
            var stream = false;
            int line = 2;
            for (; line < lines.size() && !lines.get(line).isEmpty(); line++) {
                var words = lines.get(line).split(" ", 3);
                switch (words[0]) {
                    case "until" -> until.put(words[1], words[2]);
                    case "keep" -> captures.put(words[1], words[2]);
                    case "signed" -> signed = words[1];
                    case "stream" -> stream = true;
                    default -> {
                        var header = lines.get(line).split(":", 2);
                        headers.put(header[0], header[1].strip());
                    }
                }
            }
            var body = lines.stream().skip(line + 1L).collect(Collectors.joining("\n")).strip();
            return new Step(title[0], title[1], request[0], request[1], headers, until, captures, signed, stream, body);
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {

        private static final List<String> TOLD = List.of("Location", "ETag", "Allow", "Cache-Control", "Idempotency-Replayed", "Preference-Applied", "WWW-Authenticate");

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        Object json() {
            return header("Content-Type").contains("json") ? Json.read(body) : null;
        }

        String text() {
            var text = new StringBuilder().append(status).append(' ').append(header("Content-Type")).append('\n');
            TOLD.stream().filter(headers::containsKey).forEach(name -> text.append(name).append(": ").append(Alike.text(header(name))).append('\n'));
            var content = json() == null ? Alike.text(body) : Json.write(Alike.value("", json()), "");
            return text.append(content.stripTrailing()).append('\n').toString();
        }
    }

    /** Makes the same what is another thing in every run, in its own form. */
    private static final class Alike {

        private static final Map<Pattern, String> PATTERNS = new LinkedHashMap<>();
        private static final Set<String> MEASURED = Set.of("micros", "bytesSent", "bytesReceived", "eventsPerSecond", "events", "progress", "from", "to", "position", "line", "column");
        private static final Set<String> OPAQUE = Set.of("next", "csrfToken");
        /** Whether there is one depends on who was faster. */
        private static final Set<String> BY_THE_MOMENT = Set.of("failingSince");
        /** What happens side by side comes in any order. */
        private static final Set<String> UNORDERED = Set.of("checks", "steps", "notifications", "deliveries", "messages", "diagrams");

        static {
            PATTERNS.put(Pattern.compile("\\b[0-7][0-9A-HJKMNP-TV-Z]{25}\\b"), "01KAJ3W4S8M2Q9V7T5R1N3X0ZC");
            PATTERNS.put(Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b"), "00000000-0000-0000-0000-000000000000");
            PATTERNS.put(Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:\\d\\d)"), "2025-11-26T10:15:32Z");
            PATTERNS.put(Pattern.compile("\\bwhsec_[A-Za-z0-9+/=]+"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
            PATTERNS.put(Pattern.compile("\\bck_[A-Za-z0-9_-]+"), "ck_0");
            PATTERNS.put(Pattern.compile("(?<![0-9a-f+])[0-9a-f]{12}(?![0-9a-f])(-[0-9a-f]{8}\\b)?"), "5f0c2d9a7b31");
            PATTERNS.put(Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"), "00000000000000000000000000000000");
            PATTERNS.put(Pattern.compile("127\\.0\\.0\\.1:\\d+"), "127.0.0.1:8080");
            PATTERNS.put(Pattern.compile("\\d+(?:\\.\\d+)? (ms|µs)\\b"), "1 $1");
        }

        private Alike() {
        }

        static String text(String text) {
            var alike = text;
            for (var pattern : PATTERNS.entrySet()) {
                alike = pattern.getKey().matcher(alike).replaceAll(pattern.getValue());
            }
            return alike;
        }

        static Object value(String name, Object value) {
            if (value instanceof Map<?, ?> object) {
                var alike = new TreeMap<String, Object>();
                object.forEach((key, one) -> alike.put(text(key.toString()), value(name.equals("diagrams") ? name : key.toString(), one)));
                return alike;
            }
            if (BY_THE_MOMENT.contains(name)) {
                return null;
            }
            if (value instanceof List<?> list) {
                var alike = list.stream().map(one -> name.equals("checks") ? ((Map<?, ?>) one).get("name") : value(name, one)).toList();
                var sorted = UNORDERED.contains(name) || alike.stream().allMatch(String.class::isInstance)
                        ? alike.stream().sorted(Comparator.comparing(one -> Json.write(one, ""))).toList() : alike;
                return sorted.size() <= FEW ? sorted : sorted.subList(0, FEW);
            }
            if (value instanceof String text) {
                return OPAQUE.contains(name) ? name : name.equals("diagrams") ? text.lines().sorted().distinct().collect(Collectors.joining("\n")) : text(text);
            }
            return value instanceof Json.Number && MEASURED.contains(name) ? new Json.Number("1") : value;
        }
    }

    /** The recorded answers: a file to read and to compare. */
    private static final class Recorded {

        private Recorded() {
        }

        static String text(Map<String, Answer> answers) {
            return answers.entrySet().stream().map(one -> "== " + one.getKey() + "\n" + one.getValue().text()).collect(Collectors.joining("\n"));
        }

        static Map<String, String> read(Path file) throws IOException {
            var recorded = new LinkedHashMap<String, String>();
            for (var part : Files.readString(file).split("(?m)^(?=== )")) {
                var end = part.indexOf('\n');
                if (end > 0) {
                    recorded.put(part.substring(3, end), part.substring(end + 1).stripTrailing());
                }
            }
            return recorded;
        }

        static List<String> differences(Map<String, String> recorded, Map<String, Answer> answers) {
            var names = new TreeSet<>(recorded.keySet());
            names.addAll(answers.keySet());
            var differences = new ArrayList<String>();
            for (var name : names) {
                var now = answers.containsKey(name) ? answers.get(name).text().stripTrailing() : "(no such journey)";
                var then = recorded.getOrDefault(name, "(not recorded)");
                if (!now.equals(then)) {
                    differences.add("== " + name + "\n" + lines(then, now));
                }
            }
            return differences;
        }

        /** The lines that only one of them has. */
        private static String lines(String then, String now) {
            var before = then.lines().toList();
            var after = now.lines().toList();
            return before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line + "\n").collect(Collectors.joining())
                    + after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line + "\n").collect(Collectors.joining());
        }
    }

    /** As much of JSON as is needed here: objects are maps, arrays lists, numbers keep how they were written. */
    private static final class Json {

        record Number(String written) {

            @Override
            public String toString() {
                return written;
            }
        }

        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object read(String text) {
            return new Json(text).value();
        }

        static Object at(Object value, String pointer) {
            var found = value;
            for (var name : pointer.substring(1).split("/")) {
                if (found instanceof Map<?, ?> object) {
                    found = object.get(name);
                } else if (found instanceof List<?> list && Integer.parseInt(name) < list.size()) {
                    found = list.get(Integer.parseInt(name));
                } else {
                    return null;
                }
            }
            return found;
        }

        static String write(Object value, String indent) {
            var deeper = indent + "  ";
            if (value instanceof Map<?, ?> object && !object.isEmpty()) {
                return object.entrySet().stream().map(one -> deeper + quoted(one.getKey().toString()) + ": " + write(one.getValue(), deeper))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            }
            if (value instanceof List<?> list && !list.isEmpty()) {
                return list.stream().map(one -> deeper + write(one, deeper)).collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            }
            return value instanceof Map ? "{}" : value instanceof List ? "[]" : value instanceof String string ? quoted(string) : String.valueOf(value);
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"';
        }

        private Object value() {
            blank();
            return switch (text.charAt(at)) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, Object> object() {
            var object = new LinkedHashMap<String, Object>();
            at++;
            for (blank(); text.charAt(at) != '}'; blank()) {
                at += text.charAt(at) == ',' ? 1 : 0;
                blank();
                var name = string();
                blank();
                at++;
                object.put(name, value());
            }
            at++;
            return object;
        }

        private List<Object> array() {
            var array = new ArrayList<>();
            at++;
            for (blank(); text.charAt(at) != ']'; blank()) {
                at += text.charAt(at) == ',' ? 1 : 0;
                array.add(value());
            }
            at++;
            return array;
        }

        private String string() {
            var string = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) != '\\') {
                    string.append(text.charAt(at));
                    continue;
                }
                at++;
                switch (text.charAt(at)) {
                    case 'n' -> string.append('\n');
                    case 't' -> string.append('\t');
                    case 'r' -> string.append('\r');
                    case 'b' -> string.append('\b');
                    case 'f' -> string.append('\f');
                    case 'u' -> {
                        string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                        at += 4;
                    }
                    default -> string.append(text.charAt(at));
                }
            }
            at++;
            return string.toString();
        }

        private Object word(String word, Object value) {
            at += word.length();
            return value;
        }

        private Number number() {
            int begin = at;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (begin == at) {
                throw new IllegalStateException("no JSON at " + at + ": " + text);
            }
            return new Number(text.substring(begin, at));
        }

        private void blank() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
