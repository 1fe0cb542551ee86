package dev.carillon.platform.nativeimage;

import static dev.carillon.platform.nativeimage.CaffeineClasses.CACHE;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Caffeine makes the name of a class from what a cache is asked to do (bounded, weighed, expiring, counting, …) and loads it by that name.
 * Here is every class for strongly held keys and values, so that any such cache works in the native binary; quarkus-caffeine has those
 * only that Quarkus uses itself.
 */
@RegisterForReflection(classNames = {
        CACHE + "PS", CACHE + "PSA", CACHE + "PSAMS", CACHE + "PSAMW", CACHE + "PSAR", CACHE + "PSARMS", CACHE + "PSARMW",
        CACHE + "PSAW", CACHE + "PSAWMS", CACHE + "PSAWMW", CACHE + "PSAWR", CACHE + "PSAWRMS", CACHE + "PSAWRMW", CACHE + "PSMS",
        CACHE + "PSMW", CACHE + "PSR", CACHE + "PSRMS", CACHE + "PSRMW", CACHE + "PSW", CACHE + "PSWMS", CACHE + "PSWMW",
        CACHE + "PSWR", CACHE + "PSWRMS", CACHE + "PSWRMW", CACHE + "SS", CACHE + "SSA", CACHE + "SSAR", CACHE + "SSAW",
        CACHE + "SSAWR", CACHE + "SSL", CACHE + "SSLA", CACHE + "SSLAR", CACHE + "SSLAW", CACHE + "SSLAWR", CACHE + "SSLMS",
        CACHE + "SSLMSA", CACHE + "SSLMSAR", CACHE + "SSLMSAW", CACHE + "SSLMSAWR", CACHE + "SSLMSR", CACHE + "SSLMSW",
        CACHE + "SSLMSWR", CACHE + "SSLMW", CACHE + "SSLMWA", CACHE + "SSLMWAR", CACHE + "SSLMWAW", CACHE + "SSLMWAWR",
        CACHE + "SSLMWR", CACHE + "SSLMWW", CACHE + "SSLMWWR", CACHE + "SSLR", CACHE + "SSLS", CACHE + "SSLSA", CACHE + "SSLSAR",
        CACHE + "SSLSAW", CACHE + "SSLSAWR", CACHE + "SSLSMS", CACHE + "SSLSMSA", CACHE + "SSLSMSAR", CACHE + "SSLSMSAW",
        CACHE + "SSLSMSAWR", CACHE + "SSLSMSR", CACHE + "SSLSMSW", CACHE + "SSLSMSWR", CACHE + "SSLSMW", CACHE + "SSLSMWA",
        CACHE + "SSLSMWAR", CACHE + "SSLSMWAW", CACHE + "SSLSMWAWR", CACHE + "SSLSMWR", CACHE + "SSLSMWW", CACHE + "SSLSMWWR",
        CACHE + "SSLSR", CACHE + "SSLSW", CACHE + "SSLSWR", CACHE + "SSLW", CACHE + "SSLWR", CACHE + "SSMS", CACHE + "SSMSA",
        CACHE + "SSMSAR", CACHE + "SSMSAW", CACHE + "SSMSAWR", CACHE + "SSMSR", CACHE + "SSMSW", CACHE + "SSMSWR", CACHE + "SSMW",
        CACHE + "SSMWA", CACHE + "SSMWAR", CACHE + "SSMWAW", CACHE + "SSMWAWR", CACHE + "SSMWR", CACHE + "SSMWW", CACHE + "SSMWWR",
        CACHE + "SSR", CACHE + "SSS", CACHE + "SSSA", CACHE + "SSSAR", CACHE + "SSSAW", CACHE + "SSSAWR", CACHE + "SSSMS",
        CACHE + "SSSMSA", CACHE + "SSSMSAR", CACHE + "SSSMSAW", CACHE + "SSSMSAWR", CACHE + "SSSMSR", CACHE + "SSSMSW",
        CACHE + "SSSMSWR", CACHE + "SSSMW", CACHE + "SSSMWA", CACHE + "SSSMWAR", CACHE + "SSSMWAW", CACHE + "SSSMWAWR",
        CACHE + "SSSMWR", CACHE + "SSSMWW", CACHE + "SSSMWWR", CACHE + "SSSR", CACHE + "SSSW", CACHE + "SSSWR", CACHE + "SSW",
        CACHE + "SSWR"
})
final class CaffeineClasses {

    static final String CACHE = "com.github.benmanes.caffeine.cache.";

    private CaffeineClasses() {
    }
}
