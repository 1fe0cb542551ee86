package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A client that a foreign generator makes of a document, compiled together with sources that use it; its packages are
 * {@code generated}, {@code generated.api} and {@code generated.model}.
 */
public final class GeneratedClient {

    private static final Path GENERATOR = Path.of("target/openapi-generator/openapi-generator-cli.jar");

    private final Path document;
    private final Path place;

    /** @param place receives what is generated and compiled */
    public GeneratedClient(Path document, Path place) {
        this.document = document;
        this.place = place;
    }

    /** What the generator's parser has to say about the document, recommendations included. */
    public String validation() throws Exception {
        return run("validate", "--recommend", "-i", document.toString());
    }

    /** What the generator has to say while it generates. */
    public String generate() throws Exception {
        return run(
                "generate",
                "-i",
                document.toString(),
                "-o",
                place.resolve("client").toString(),
                "-g",
                "java",
                "--library",
                "native",
                "--api-package",
                "generated.api",
                "--model-package",
                "generated.model",
                "--invoker-package",
                "generated",
                "--additional-properties",
                "openApiNullable=false,hideGenerationTimestamp=true",
                "--global-property",
                "apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false");
    }

    /** Compiles it with {@code users}, and has the classes of both. */
    public ClassLoader compiledWith(Path users) throws IOException {
        var classes = Files.createDirectories(place.resolve("classes"));
        var sources = Stream.concat(javaIn(place.resolve("client/src/main/java")).stream(), javaIn(users).stream())
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var said = new StringWriter();
            var options = List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-nowarn",
                    "-parameters",
                    "-classpath",
                    System.getProperty("java.class.path"));
            var compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {url(classes)}, GeneratedClient.class.getClassLoader());
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static List<Path> javaIn(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private String run(String... arguments) throws Exception {
        assertThat(GENERATOR).as("copied before integration tests, see pom.xml").exists();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", GENERATOR.toString()));
        command.addAll(List.of(arguments));
        var output = place.resolve(arguments[0] + ".log");
        var exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        var said = Files.readString(output);
        assertThat(exitCode).as(said).isZero();
        return said;
    }
}
