namespace NetPolTools.Live;

/// <summary>Runs a program to its end: <see cref="ProgramRun.Run"/>, or what stands for it.</summary>
/// <inheritdoc cref="ProgramRun.Run"/>
public delegate ProgramRun ProgramRunner(
    string program,
    string? folder,
    IEnumerable<string> arguments,
    IEnumerable<KeyValuePair<string, string>> environment,
    Action<Stream> read,
    CancellationToken cancellation);
