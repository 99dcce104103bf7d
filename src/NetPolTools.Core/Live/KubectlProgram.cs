namespace NetPolTools.Live;

/// <summary>The kubectl of this machine.</summary>
public static class KubectlProgram
{
    /// <summary>What is said where there is none.</summary>
    public const string NotFound =
        "There is no kubectl on the PATH, and clusters are read with it. Install it (https://kubernetes.io/docs/tasks/tools/), or read "
        + "what it prints elsewhere: kubectl get pods,ns,netpol -A -o json > cluster.json.";

    /// <summary>The file; null where there is none.</summary>
    public static string? Find() => ProgramFile.Find("kubectl");
}
