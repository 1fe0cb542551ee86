package dev.carillon.platform.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/** The forms an answer can have. The first is for clients that take anything. */
public final class Forms {

    private final List<MediaType> forms;

    public Forms(MediaType... forms) {
        this.forms = List.of(forms);
    }

    /**
     * The form that is liked best of those we have.
     *
     * @param accepted in the order of preference, as the request says
     * @throws ProblemException 406 if there is none
     */
    public MediaType chosen(List<MediaType> accepted) {
        return accepted.stream()
                .filter(one -> !"0".equals(one.getParameters().get("q")))
                .flatMap(one -> forms.stream().filter(one::isCompatible))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_ACCEPTABLE,
                        "Answers are " + forms.stream().map(MediaType::toString).collect(Collectors.joining(" or "))));
    }

    /** The answer in a form, written already, which caches must not give to those who asked for another one. */
    public RestResponse<String> answer(MediaType form, String text) {
        return RestResponse.ResponseBuilder.ok(text, form.withCharset("UTF-8").toString())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** Where the answer can be read in the form that was chosen. */
    public RestResponse<String> at(URI page) {
        return RestResponse.ResponseBuilder.<String>create(RestResponse.Status.SEE_OTHER)
                .location(page)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }
}
