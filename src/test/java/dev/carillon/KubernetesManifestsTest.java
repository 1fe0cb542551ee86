package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests are what Kubernetes takes them for: every field is one of its model, and what one names another has. */
class KubernetesManifestsTest {

    private static final Path FOLDER = Path.of("k8s");
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "ConfigMap",
            ConfigMap.class,
            "Deployment",
            Deployment.class,
            "Secret",
            Secret.class,
            "Service",
            Service.class);

    private static final ObjectMapper STRICT = JsonMapper.builder(new YAMLFactory())
            .annotationIntrospector(new NothingElse())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The model puts fields that it does not know aside, as a cluster does: here they are an error. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }

    @Test
    void every_field_is_one_of_the_model_and_every_file_belongs() throws IOException {
        var kustomization = STRICT.readTree(Files.readString(FOLDER.resolve(KUSTOMIZATION)));
        var resources = Stream.of(STRICT.convertValue(kustomization.get("resources"), String[].class))
                .toList();

        assertThat(manifests())
                .containsKeys("configmap.yaml", "deployment.yaml", "secret.example.yaml", "service.yaml");
        assertThat(manifests().keySet())
                .filteredOn(file -> !file.contains("example"))
                .containsExactlyInAnyOrderElementsOf(resources);
        assertThat(manifests().values())
                .allSatisfy(
                        manifest -> assertThat(manifest.getMetadata().getName()).isEqualTo("carillon"));
        assertThat(kustomization.at("/images/0/name").textValue())
                .isEqualTo(container().getImage());
    }

    @Test
    void a_field_in_the_wrong_place_is_found() {
        var misplaced = """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  QUARKUS_SHUTDOWN_DELAY: 10S
                  name: carillon
                data: {}
                """;
        assertThatThrownBy(() -> read(misplaced)).hasMessageContaining("QUARKUS_SHUTDOWN_DELAY");
        assertThatThrownBy(() -> read(misplaced.replace("  QUARKUS_SHUTDOWN_DELAY: 10S\n", "") + "datas: {}\n"))
                .hasMessageContaining("datas");
    }

    @Test
    void the_deployment_reads_everything_in_the_config_map_and_the_secret() throws IOException {
        var from = container().getEnvFrom();

        assertThat(from.stream()
                        .map(EnvFromSource::getConfigMapRef)
                        .filter(Objects::nonNull)
                        .map(ConfigMapEnvSource::getName))
                .containsExactly(the(ConfigMap.class).getMetadata().getName());
        assertThat(from.stream()
                        .map(EnvFromSource::getSecretRef)
                        .filter(Objects::nonNull)
                        .map(SecretEnvSource::getName))
                .containsExactly(the(Secret.class).getMetadata().getName());
        assertThat(container().getEnv())
                .as("what is named one by one is forgotten one by one")
                .isNullOrEmpty();
        assertThat(the(ConfigMap.class).getData().keySet())
                .isNotEmpty()
                .allMatch(name -> name.matches("(QUARKUS|CARILLON)_[A-Z0-9_]+"));
        assertThat(the(Secret.class).getStringData().keySet())
                .contains("CARILLON_ADMIN_KEY", "CARILLON_SECURITY_ENCRYPTION_KEY", "QUARKUS_DATASOURCE_PASSWORD");
    }

    @Test
    void what_is_being_done_can_be_finished_before_the_pod_is_killed() throws IOException {
        var delay =
                DurationConverter.parseDuration(the(ConfigMap.class).getData().get("QUARKUS_SHUTDOWN_DELAY"));
        var grace = Duration.ofSeconds(pod().getTerminationGracePeriodSeconds());

        assertThat(delay).isPositive();
        assertThat(grace).isGreaterThan(delay.plusSeconds(30));
    }

    /** Metrics and health are on the management interface's port, which no Service leads to from outside. */
    @Test
    void ports_are_where_probes_scrapers_and_the_service_look_for_them() throws IOException {
        var ports = new TreeMap<String, Integer>();
        container().getPorts().forEach((ContainerPort port) -> ports.put(port.getName(), port.getContainerPort()));
        var annotations =
                the(Deployment.class).getSpec().getTemplate().getMetadata().getAnnotations();
        var service = the(Service.class).getSpec();

        assertThat(ports).containsEntry("http", 8080).containsEntry("management", 9000);
        assertThat(List.of(
                        container().getStartupProbe(),
                        container().getLivenessProbe(),
                        container().getReadinessProbe()))
                .allSatisfy((Probe probe) -> {
                    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
                    assertThat(probe.getHttpGet().getPath()).startsWith("/healthz/");
                });
        assertThat(annotations)
                .containsEntry("prometheus.io/path", "/q/metrics")
                .containsEntry("prometheus.io/port", ports.get("management").toString());
        assertThat(service.getPorts())
                .allSatisfy(port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("http"));
        assertThat(the(Deployment.class).getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(service.getSelector())
                .containsAllEntriesOf(
                        the(Deployment.class).getSpec().getSelector().getMatchLabels());
    }

    private static Container container() throws IOException {
        return pod().getContainers().get(0);
    }

    private static PodSpec pod() throws IOException {
        return the(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static <T extends HasMetadata> T the(Class<T> kind) throws IOException {
        return manifests().values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, HasMetadata> manifests() throws IOException {
        var manifests = new TreeMap<String, HasMetadata>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(KUSTOMIZATION))
                    .toList()) {
                manifests.put(file.getFileName().toString(), read(Files.readString(file)));
            }
        }
        return manifests;
    }

    private static HasMetadata read(String yaml) throws IOException {
        JsonNode tree = STRICT.readTree(yaml);
        var kind = KINDS.get(tree.path("kind").textValue());
        assertThat(kind).as("kind of %s", yaml).isNotNull();
        return STRICT.readValue(yaml, kind);
    }
}
