namespace NetPolTools.Live;

/// <summary>A kubectl to read clusters with.</summary>
/// <param name="File">The file of the program, for messages.</param>
public sealed record KubectlProgram(string File)
{
    /// <summary>What is said where there is none.</summary>
    public const string NotFound =
        "There is no kubectl on the PATH, and clusters are read with it. Install it (https://kubernetes.io/docs/tasks/tools/), or read "
        + "what it prints elsewhere: kubectl get pods,ns,netpol -A -o json > cluster.json.";

    /// <summary>How it is run: as a process, where nothing else is said.</summary>
    public ProgramRunner Run { get; init; } = ProgramRun.Run;

    /// <summary>That of this machine; null where there is none.</summary>
    public static KubectlProgram? Find() => ProgramFile.Find("kubectl") is { } file ? new KubectlProgram(file) : null;
}
