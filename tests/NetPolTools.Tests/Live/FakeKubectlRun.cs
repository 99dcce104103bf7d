using System.Text;
using NetPolTools.Live;
using NetPolTools.Reading;

namespace NetPolTools.Tests.Live;

/// <summary>
/// Does what the script of <see cref="FakeKubectl"/> does, without a process: a reading runs it some forty times, and processes are what takes the time.
/// Only where a test gives lines of shell for a path is the script itself run.
/// </summary>
/// <param name="folder">Where the answers are.</param>
internal sealed class FakeKubectlRun(string folder)
{
    private readonly object _lock = new();
    private readonly object _changing = new();

    public ProgramRun Run(
        string program,
        string? workingFolder,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> environment,
        Action<Stream> read,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string[] given = [.. arguments];
        if (given[0] == "config")
        {
            Note("lookups", given);
            return File.Exists(At("server")) ? Print(File.OpenRead(At("server")), read)
                : Refuse("error: current-context must exist in order to minify\n", read);
        }

        var name = NameOf(given[2]);
        if (File.Exists(At($"{name}.sh")))
            return ProgramRun.Run(program, workingFolder, given, environment, read, cancellation);
        Note("calls", given);
        if (File.Exists(At($"{name}.err")))
            return Refuse(File.ReadAllText(At($"{name}.err")), read);
        if (File.Exists(At($"{name}.json")))
            return Print(File.OpenRead(At($"{name}.json")), read);
        if (name.Contains("?watch=1", StringComparison.Ordinal))
            return Follow(At($"{name}.events"), read, cancellation);
        foreach (var (asked, kind, version) in FakeKubectl.Empty)
        {
            if (name.Contains($"{asked}?fieldSelector", StringComparison.Ordinal))
                return Print(new MemoryStream(Encoding.UTF8.GetBytes(FakeKubectl.List(kind, version, []))), read);
        }

        return Refuse("Error from server (NotFound): the server could not find the requested resource\n", read);
    }

    /// <summary>Adds a line to a file of changes, for those who follow it.</summary>
    public void Append(string file, string line)
    {
        lock (_changing)
        {
            File.AppendAllText(file, line);
            Monitor.PulseAll(_changing);
        }
    }

    private string NameOf(string path)
    {
        if (File.Exists(At("prefix")))
        {
            var prefix = File.ReadAllText(At("prefix"));
            path = path.StartsWith($"{prefix}/", StringComparison.Ordinal) ? path[prefix.Length..] : $"/elsewhere{path}";
        }

        var limit = path.IndexOf("?limit=", StringComparison.Ordinal);
        if (limit < 0)
            return $"served{path}";
        var more = path.IndexOf('&', limit);
        return $"served{path[..limit]}{(more < 0 ? "" : path[more..])}";
    }

    private void Note(string file, string[] arguments)
    {
        lock (_lock)
            File.AppendAllText(At(file), string.Join(' ', arguments) + "\n");
    }

    private string At(string name) => Path.Combine(folder, name);

    private static ProgramRun Print(Stream answer, Action<Stream> read)
    {
        using (answer)
            read(answer);
        return new ProgramRun(0, "");
    }

    private static ProgramRun Refuse(string errors, Action<Stream> read)
    {
        read(Stream.Null);
        return new ProgramRun(1, errors);
    }

    private ProgramRun Follow(string file, Action<Stream> read, CancellationToken cancellation)
    {
        using var waking = cancellation.Register(() =>
        {
            lock (_changing)
                Monitor.PulseAll(_changing);
        });
        using var growing = new GrowingStream(new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite), _changing, cancellation);
        read(growing);
        cancellation.ThrowIfCancellationRequested();
        return new ProgramRun(0, "");
    }

    /// <summary>A file to its end and what is added to it, until it is cancelled.</summary>
    private sealed class GrowingStream(FileStream file, object changing, CancellationToken cancellation) : ReadOnlyStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            lock (changing)
            {
                int read;
                while ((read = file.Read(buffer, offset, count)) == 0 && !cancellation.IsCancellationRequested)
                    Monitor.Wait(changing);
                return read;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }
    }
}
