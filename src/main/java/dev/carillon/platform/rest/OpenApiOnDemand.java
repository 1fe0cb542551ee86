package dev.carillon.platform.rest;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/**
 * Makes the service of the framework that has the OpenAPI document one that {@link PreparesOnDemand}. Called during the build, and only
 * for production: in development and tests the framework's classes do not see ours.
 */
public class OpenApiOnDemand implements BuildCompatibleExtension {

    @Enhancement(types = OpenApiDocumentService.class)
    public void prepareLater(ClassConfig service) {
        if (ConfigUtils.isProfileActive("prod")) {
            service.addAnnotation(OnDemand.class);
        }
    }
}
