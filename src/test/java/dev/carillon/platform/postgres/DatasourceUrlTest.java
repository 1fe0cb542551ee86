package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatasourceUrlTest {

    @Test
    void turns_a_reactive_url_into_a_jdbc_url() {
        assertThat(jdbcOf("postgresql://db:5432/shop")).isEqualTo("jdbc:postgresql://db:5432/shop");
        assertThat(jdbcOf("vertx-reactive:postgres://db/shop")).isEqualTo("jdbc:postgresql://db/shop");
        assertThat(jdbcOf("postgresql://[::1]:5432")).isEqualTo("jdbc:postgresql://[::1]:5432/");
        assertThat(jdbcOf("postgresql://db/shop?sslmode=require&search_path=carillon&application_name=a%20b"))
                .isEqualTo("jdbc:postgresql://db/shop?sslmode=require&currentSchema=carillon&ApplicationName=a%20b");
    }

    @Test
    void turns_a_jdbc_url_into_a_reactive_url() {
        assertThat(reactiveOf("jdbc:postgresql://db:5432/shop")).isEqualTo("postgresql://db:5432/shop");
        assertThat(reactiveOf("jdbc:postgresql://db/shop?sslmode=verify-full&currentSchema=carillon&user=u&password=p"))
                .isEqualTo("postgresql://db/shop?sslmode=verify-full&search_path=carillon&user=u&password=p");
    }

    @Test
    void leaves_out_what_only_one_driver_knows() {
        assertThat(reactiveOf("jdbc:postgresql://db/shop?reWriteBatchedInserts=true&flag"))
                .isEqualTo("postgresql://db/shop");
        assertThat(jdbcOf("postgresql://db/shop?options=-c%20x")).isEqualTo("jdbc:postgresql://db/shop");
    }

    @Test
    void takes_credentials_out_of_the_url() {
        // When
        DatasourceUrl url =
                DatasourceUrl.parse("quarkus.datasource.reactive.url", "postgresql://us%40er:p%3Ass@db/shop");

        // Then
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db/shop");
        assertThat(url.user()).contains("us@er");
        assertThat(url.password()).contains("p:ss");
        assertThat(DatasourceUrl.parse("x", "postgresql://user@db").password()).isEmpty();
        assertThat(DatasourceUrl.parse("x", "postgresql://db").user()).isEmpty();
    }

    @Test
    void refuses_what_has_no_equivalent_without_repeating_it() {
        for (String url : new String[] {
            "jdbc:postgresql://db1,db2/shop",
            "postgresql://u:secret@db1/shop,postgresql://db2/shop",
            "jdbc:postgresql:shop",
            "jdbc:mysql://db/shop"
        }) {
            // When
            var attempt = assertThatThrownBy(() -> DatasourceUrl.parse("quarkus.datasource.jdbc.url", url));

            // Then
            attempt.isInstanceOf(PostgresStartException.class)
                    .hasMessageContaining("quarkus.datasource.jdbc.url")
                    .hasMessageNotContaining("secret");
        }
    }

    private static String jdbcOf(String reactiveUrl) {
        return DatasourceUrl.parse("quarkus.datasource.reactive.url", reactiveUrl)
                .jdbc();
    }

    private static String reactiveOf(String jdbcUrl) {
        return DatasourceUrl.parse("quarkus.datasource.jdbc.url", jdbcUrl).reactive();
    }
}
