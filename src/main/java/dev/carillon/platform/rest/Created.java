package dev.carillon.platform.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import org.jboss.resteasy.reactive.RestResponse;

/** The answer to a creation, with its place. The id is escaped for the path: it may be the caller's own. */
public final class Created {

    private Created() {}

    /** @param path with the id as its one parameter */
    public static <T> RestResponse<T> at(String path, String id, T kept) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, kept)
                .header(
                        HttpHeaders.LOCATION,
                        UriBuilder.fromPath(path).build(id).getRawPath())
                .build();
    }
}
