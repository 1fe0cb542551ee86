package dev.carillon.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** A mail server that speaks SMTP with pipelining, keeps what it takes, and says to each recipient what a test wants it to. */
public final class MailSink implements AutoCloseable {

    private static final Pattern RECIPIENT = Pattern.compile("(?i)RCPT TO:<([^>]*)>.*");

    /** A mail as it came: its lines, dots unstuffed. */
    public record Mail(String recipient, String text) {}

    private final ServerSocket server;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<String> greetings = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> toRecipients = new ConcurrentHashMap<>();
    private final Map<String, String> toMails = new ConcurrentHashMap<>();
    private volatile CountDownLatch slow = new CountDownLatch(0);

    public MailSink() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        started(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on RCPT is answered so; several lines are separated by a line break. */
    public void answer(String recipient, String answer) {
        toRecipients.put(recipient, answer);
    }

    /** From now on the end of a mail to that recipient is answered so. */
    public void answerMail(String recipient, String answer) {
        toMails.put(recipient, answer);
    }

    /** From now on no mail is answered before what this gives is opened. */
    public CountDownLatch hold() {
        slow = new CountDownLatch(1);
        return slow;
    }

    public List<Mail> mailsTo(String recipient) {
        return mails.stream().filter(mail -> mail.recipient().equals(recipient)).toList();
    }

    /** How often it was asked to take a mail to that recipient. */
    public long askedFor(String recipient) {
        return asked.stream().filter(recipient::equals).count();
    }

    /** What clients said after EHLO. */
    public List<String> greetings() {
        return greetings;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException already) {
            throw new UncheckedIOException(already);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                started(() -> served(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void started(Runnable work) {
        var thread = new Thread(work, "mail-sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void served(Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, "220 sink ESMTP");
            String recipient = null;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var command = line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT);
                var to = RECIPIENT.matcher(line);
                if (command.equals("EHLO")) {
                    greetings.add(line.substring(5));
                    say(client, "250-sink\n250-PIPELINING\n250 ENHANCEDSTATUSCODES");
                } else if (to.matches()) {
                    asked.add(to.group(1));
                    var answer = toRecipients.getOrDefault(to.group(1), "250 2.1.5 OK");
                    recipient = answer.startsWith("2") ? to.group(1) : null;
                    say(client, answer);
                } else if (command.equals("DATA")) {
                    if (recipient == null) {
                        say(client, "554 5.5.1 no valid recipients");
                    } else {
                        say(client, "354 go on");
                        var text = mail(in);
                        waited(slow);
                        var answer = toMails.getOrDefault(recipient, "250 2.0.0 taken");
                        if (answer.startsWith("2")) {
                            mails.add(new Mail(recipient, text));
                        }
                        say(client, answer);
                        recipient = null;
                    }
                } else if (command.equals("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, "250 2.0.0 OK");
                }
            }
        } catch (IOException gone) {
            // the client may go when it likes
        }
    }

    private static void waited(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static String mail(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }

    private static void say(Socket client, String answer) throws IOException {
        client.getOutputStream().write((answer.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }
}
