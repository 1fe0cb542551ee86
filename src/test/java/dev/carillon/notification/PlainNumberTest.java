package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PlainNumberTest {

    @Test
    void writes_the_same_amount_the_same_way_whatever_its_type_and_scale() {
        // Then
        assertThat(PlainNumber.of(149.99)).isEqualTo("149.99");
        assertThat(PlainNumber.of(new BigDecimal("149.990"))).isEqualTo("149.99");
        assertThat(PlainNumber.of(120L)).isEqualTo("120");
        assertThat(PlainNumber.of(120)).isEqualTo("120");
        assertThat(PlainNumber.of(120.0)).isEqualTo("120");
        assertThat(PlainNumber.of(new BigDecimal("1.2E2"))).isEqualTo("120");
        assertThat(PlainNumber.of(new BigInteger("120"))).isEqualTo("120");
    }

    @Test
    void writes_no_exponent_and_no_sign_on_zero() {
        // Then
        assertThat(PlainNumber.of(1e12)).isEqualTo("1000000000000");
        assertThat(PlainNumber.of(1e-7)).isEqualTo("0.0000001");
        assertThat(PlainNumber.of(-0.0)).isEqualTo("0");
        assertThat(PlainNumber.of(new BigDecimal("0.000"))).isEqualTo("0");
        assertThat(PlainNumber.of(-5.50)).isEqualTo("-5.5");
    }

    @Test
    void refuses_what_is_no_number() {
        // Then
        assertThatThrownBy(() -> PlainNumber.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlainNumber.of(Float.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }
}
