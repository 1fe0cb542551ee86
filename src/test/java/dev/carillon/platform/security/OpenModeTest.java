package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;

class OpenModeTest {

    @Test
    void is_refused_in_production_by_its_name() {
        assertThatThrownBy(() -> FirstKey.refuseInProduction(LaunchMode.NORMAL))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("carillon.security.open");
    }

    @Test
    void is_fine_in_development_and_tests() {
        assertThatCode(() -> FirstKey.refuseInProduction(LaunchMode.DEVELOPMENT))
                .doesNotThrowAnyException();
        assertThatCode(() -> FirstKey.refuseInProduction(LaunchMode.TEST)).doesNotThrowAnyException();
    }
}
