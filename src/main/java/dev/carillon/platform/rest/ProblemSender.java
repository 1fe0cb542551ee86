package dev.carillon.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Sends a problem where no REST endpoint is reached. */
@ApplicationScoped
public class ProblemSender {

    private final ObjectMapper mapper;

    ProblemSender(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public void send(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.headWritten()) {
            response.reset(); // half an answer is on its way: cutting it off is the only honest end
            return;
        }
        problem.headers().forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(json(problem.at(context.request().path())));
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem becomes JSON", e);
        }
    }
}
