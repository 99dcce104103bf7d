using System.Diagnostics;
using System.Text;

namespace NetPolTools.Tests.Support;

/// <summary>A process that a test starts. No wait for it is without a limit, and nothing of it outlives the test.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>Far more than any test needs, on a busy machine too.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="start">What to run; its standard streams become pipes of UTF-8.</param>
    public ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(false);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>The next line of its standard output; null where it ended.</summary>
    public string? ReadLine() => Within(_process.StandardOutput.ReadLineAsync());

    /// <summary>Reads no more of its standard output, as "| head" does.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    /// <summary>Gives it the rest of its input and waits until it has ended.</summary>
    /// <exception cref="TimeoutException">It did not end; by then it is killed.</exception>
    public (int ExitCode, string Output, string Errors) Finish(string? input = null)
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        if (input is not null)
            Input.Write(input);
        Input.Close();
        var printed = Within(output);
        var (code, errors) = FinishWithoutOutput();
        return (code, printed, errors);
    }

    /// <summary>Waits until it has ended, whatever becomes of its standard output.</summary>
    /// <inheritdoc cref="Finish"/>
    public (int ExitCode, string Errors) FinishWithoutOutput()
    {
        var errors = Within(_errors);
        if (!_process.WaitForExit(Limit))
            throw Late();
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private T Within<T>(Task<T> reading) => reading.Wait(Limit) ? reading.Result : throw Late();

    private TimeoutException Late()
    {
        _process.Kill(entireProcessTree: true);
        return new TimeoutException($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} did not end or answer within {Limit}.");
    }
}
