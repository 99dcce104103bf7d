namespace NetPolTools.Intents;

public enum IntentStatus
{
    Passed,
    Failed,

    /// <summary>Nothing in the input tells, or an end names nothing: neither passed nor failed.</summary>
    Undetermined,
}
