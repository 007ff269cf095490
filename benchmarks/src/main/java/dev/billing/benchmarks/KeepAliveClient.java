package dev.billing.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The least that an HTTP client can do, so that the server is what is measured. */
final class KeepAliveClient implements AutoCloseable {

    /** Before there is a server. */
    static final KeepAliveClient NONE = new KeepAliveClient();

    private final Socket socket;
    private final InputStream in;
    private String challenge = "";

    private KeepAliveClient() {
        this.socket = new Socket();
        this.in = InputStream.nullInputStream();
    }

    KeepAliveClient(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** The nonce of the challenge that a request without authorization gets. */
    String challenge(String path) throws IOException {
        send(path, "");
        read();
        return challenge.replaceFirst(".*nonce=\"(.*?)\".*", "$1");
    }

    /** The length of a successful answer. */
    int get(String path, String authorization) throws IOException {
        send(path, "Authorization: " + authorization + "\r\n");
        int[] answer = read();
        if (answer[0] != 200) {
            throw new IllegalStateException(path + " was answered with " + answer[0]);
        }
        return answer[1];
    }

    private void send(String path, String headers) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private int[] read() throws IOException {
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (lower.startsWith("www-authenticate:")) {
                challenge = header;
            }
        }
        return new int[] {status, length >= 0 ? skip(length) : chunks()};
    }

    private int chunks() throws IOException {
        int total = 0;
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            total += skip(size);
            line();
            if (size == 0) {
                return total;
            }
        }
    }

    private int skip(int length) throws IOException {
        in.skipNBytes(length);
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
