using System.Diagnostics;
using System.Text;

namespace NetPolTools.Live;

/// <summary>One run of a program that reads nothing, ended.</summary>
/// <param name="ExitCode">0 where all went well.</param>
/// <param name="Errors">The beginning of what it wrote to standard error.</param>
public sealed record ProgramRun(int ExitCode, string Errors)
{
    private const int MostErrors = 16 * 1024;

    // What a login helper leaves running keeps standard error open; what it may still say is not worth more.
    private static readonly TimeSpan PatienceWithErrors = TimeSpan.FromSeconds(1);

    /// <summary>What it wrote to standard error, in one line; empty where it said nothing.</summary>
    public string Words => string.Join(' ', Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The file to run.</param>
    /// <param name="folder">Where it runs; null for the folder of this process.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables that it has beside those of this process.</param>
    /// <param name="read">Reads what it writes to standard output while it writes.</param>
    /// <param name="cancellation">Ends it and every process it started, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be run.</exception>
    public static ProgramRun Run(
        string program,
        string? folder,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> environment,
        Action<Stream> read,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder ?? "",
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        process.Start();
        using var killing = cancellation.Register(() => Kill(process));

        // Nobody is there to type a password.
        process.StandardInput.Close();
        var errors = new StringBuilder();
        var readingErrors = Task.Factory.StartNew(() => CollectErrors(process.StandardError, errors), TaskCreationOptions.LongRunning);
        try
        {
            read(process.StandardOutput.BaseStream);
        }
        catch
        {
            Kill(process);
            throw;
        }

        process.WaitForExit();
        readingErrors.Wait(PatienceWithErrors, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        lock (errors)
            return new ProgramRun(process.ExitCode, errors.ToString());
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static void CollectErrors(StreamReader reader, StringBuilder errors)
    {
        var buffer = new char[1024];
        try
        {
            for (int count; (count = reader.Read(buffer)) > 0;)
            {
                lock (errors)
                    errors.Append(buffer, 0, Math.Min(count, MostErrors - errors.Length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Closed: the process is gone, and what came is kept.
        }
    }
}
