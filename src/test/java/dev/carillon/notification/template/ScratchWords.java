package dev.carillon.notification.template;

/** A folder in memory with one type, SCRATCH, for tests of other packages. */
public record ScratchWords(Templates templates, Categories categories) {

    /** Off by default on every channel, and sent all the same. */
    public static ScratchWords mandatory() {
        var files = Scratch.saying("hello")
                .with(
                        "categories.yaml",
                        "news: { description: News, commercial: true, mandatory: false, default: { sms: false } }")
                .with(
                        "SCRATCH/type.yaml",
                        "{ description: A type for a test, category: news, mandatory: true, channels: [sms], variables: {} }");
        return new ScratchWords(files.templates(), new Categories(files));
    }
}
