package dev.carillon.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagedTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/events,/api/v1/events?after=a%26b",
        "/api/v1/events?limit=1&after=x&type=a,/api/v1/events?limit=1&type=a&after=a%26b",
        "https://other.example/api/v1/events?limit=1,/api/v1/events?limit=1&after=a%26b",
        "/api/v1/events;a=b?limit=1,/api/v1/events;a=b?limit=1&after=a%26b",
        "/api/v1/events?,/api/v1/events?after=a%26b",
        "/api/v1/events?q=%C3%A9,/api/v1/events?q=%C3%A9&after=a%26b"
    })
    void the_next_page_is_the_same_request_after_this_one(String target, String next) {
        assertThat(Paged.targetAfter(target, "a&b")).isEqualTo(next);
    }
}
