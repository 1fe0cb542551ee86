package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrowawayTenantTest {

    @Test
    void says_by_its_name_what_it_is() {
        assertThat(ThrowawayTenant.is(ThrowawayTenant.name("01KAJ3W4S8M2Q9V7T5R1N3X0ZC")))
                .isTrue();
    }

    /** The last but one is the nearest that an administrator can choose. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "demo",
                "demo-",
                "demo-shop",
                "brand-b",
                "demo-01kaj3w4s8m2q9v7t5r1n3x0zc",
                "x-demo-01KAJ3W4S8M2Q9V7T5R1N3X0ZC"
            })
    void nobody_else_is_taken_for_one(String tenant) {
        assertThat(ThrowawayTenant.is(tenant)).isFalse();
    }
}
