using System.ComponentModel;
using NetPolTools.Diagnostics;

namespace NetPolTools.Live;

/// <summary>
/// Reads a cluster through kubectl, which brings every login there is. It asks for paths of the API, <c>kubectl get --raw</c>: so kubectl passes the
/// answer on as it comes, where <c>-o json</c> would hold many times its size before the first byte, and asks the server nothing else.
/// </summary>
/// <param name="connection">Which cluster.</param>
/// <param name="program">kubectl; null for the one on the PATH.</param>
public sealed class KubectlReader(ClusterConnection connection, string? program = null) : IClusterReader
{
    // Looked for once: a reading asks some forty times.
    private readonly string? _program = program ?? KubectlProgram.Find();

    public string Name => connection.Name;

    public ReadOutcome Get(string path, Action<Stream> read, CancellationToken cancellation)
    {
        if (_program is not { } kubectl)
            return new ReadOutcome(ReadStatus.Failed, KubectlProgram.NotFound) { FailedWith = DiagnosticId.KubectlNotFound };
        try
        {
            var run = ProgramRun.Run(kubectl, connection.Folder, ["get", "--raw", path, .. connection.Arguments()], [], read, cancellation);
            return run.ExitCode == 0 ? ReadOutcome.Read : KubectlErrors.Understand(run);
        }
        catch (Win32Exception e)
        {
            return new ReadOutcome(ReadStatus.Failed, $"{kubectl} cannot be run: {e.Message}") { FailedWith = DiagnosticId.KubectlNotFound };
        }
    }
}
