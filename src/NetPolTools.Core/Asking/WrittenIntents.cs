namespace NetPolTools.Asking;

/// <summary>A file of intents that hold now.</summary>
/// <param name="Text">The file.</param>
/// <param name="Count">How many intents it has, without the defaults.</param>
public sealed record WrittenIntents(string Text, int Count);
