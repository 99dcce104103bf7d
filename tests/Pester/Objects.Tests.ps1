BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cni = Join-Path $manifests 'cni'
    $next = Join-Path $manifests 'three-tier-next'
    $cluster = Get-NetPolSnapshot $threeTier
    $connections = $cluster | Get-NetPolReachability -IncludeDenied
    $changes = Compare-NetPolReachability $threeTier $next

    # As another session gets it.
    function Get-Copied { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0], 1)) }
}

Describe 'Ports' {
    It 'are a list: empty is false, and elements have their parts' {
        Set-StrictMode -Version Latest
        $denied = ($connections | Where-Object Verdict -EQ Denied)[0]
        [bool] $denied.Ports | Should -BeFalse
        $denied.Ports.Count | Should -Be 0
        @($changes | Where-Object PortsOpened).Count | Should -Be 3
        $ports = ($changes | Where-Object { $_.Source -eq 'web' -and $_.Destination -eq 'api' }).PortsAfter
        $ports.Count | Should -Be 2
        $ports[0] | Should -Be 'TCP 5000'
        $ports[1].Protocol, $ports[1].From, $ports[1].To -join ' ' | Should -Be 'TCP 9090 9090'
        "$($ports.ToString())" | Should -Be 'TCP 5000,9090'
        { $ports[0] = 'TCP 1' } | Should -Throw
        { $ports.Clear() } | Should -Throw
    }

    It 'are taken by every parameter as they are printed' {
        $ports = ($cluster | Get-NetPolReachability -From web -To api).Ports
        $cluster | Get-NetPolReachability -From web -To api -Port $ports | Should -HaveCount 1
        $cluster | Get-NetPolReachability -From web -To api -Port 'TCP 5000', '5000/tcp', '80,5000' | Should -HaveCount 1
        $cluster | Get-NetPolReachability -From web -To api -Port 5000/UDP | Should -BeNullOrEmpty
        $cluster | Test-NetPolReachability web api "$ports" | Should -BeTrue
        Compare-NetPolReachability $threeTier $next -From web -Port 'TCP 9090' | Where-Object Destination -EQ api | Should -HaveCount 1
        (New-NetPolRule -Port $ports).Ports[0].Port.Number | Should -Be 5000
        (New-NetPolRule -Port 'TCP 80,8000-8100 UDP 53').Ports | Should -HaveCount 3
    }
}

Describe 'Lists' {
    It 'read as text in CSV and HTML: <Name>' -ForEach @(
        @{ Name = 'changes'; Get = { $changes } }
        @{ Name = 'connections'; Get = { $connections } }
        @{ Name = 'isolation'; Get = { $cluster | Get-NetPolIsolation } }
        @{ Name = 'isolation of namespaces'; Get = { $cluster | Get-NetPolIsolation -By Namespace } }
        @{ Name = 'support'; Get = { Get-NetPolCniSupport (Join-Path $cni 'flannel.yaml') } }
        @{ Name = 'the catalogue'; Get = { Get-NetPolCniSupport -List } }
        @{ Name = 'diagnostics'; Get = { (Get-NetPolSnapshot (Join-Path $manifests 'examples/broken') -ErrorAction SilentlyContinue).Diagnostics } }
        @{ Name = 'a snapshot'; Get = { $cluster } }
        @{ Name = 'namespaces'; Get = { $cluster.Namespaces } }
        @{ Name = 'workloads'; Get = { $cluster.Workloads } }
        @{ Name = 'pods'; Get = { (New-Pod a -Address 10.0.0.1 -Port @{ containerPort = 80; name = 'http' } | Get-NetPolSnapshot).Pods } }
        @{ Name = 'what is not evaluated';
            Get = { (New-Pod a), @{ apiVersion = 'security.istio.io/v1'; kind = 'AuthorizationPolicy'; metadata = @{ name = 'x' } } |
                Get-NetPolSnapshot -WarningAction Ignore | ForEach-Object NotEvaluated } }
        @{ Name = 'policies'; Get = { $cluster.NetworkPolicies } }
        @{ Name = 'a policy of every part';
            Get = { New-NetPolPolicy a b 'app in (x,y)' -Label @{ c = 'd' } -Annotation @{ e = 'f' } -Ingress (New-NetPolPeer x=y |
                New-NetPolRule 80/TCP) -Egress (New-NetPolPeer -Cidr 10.0.0.0/8 -Except 10.1.0.0/16 | New-NetPolRule 'UDP 53') } }
        @{ Name = 'rules'; Get = { New-NetPolPeer x=y | New-NetPolRule 80/TCP, http, 90-99 } }
        @{ Name = 'peers'; Get = { (New-NetPolPeer x=y -Namespace a), (New-NetPolPeer -Cidr 10.0.0.0/8 -Except 10.1.0.0/16) } }
        @{ Name = 'cluster policies'; Get = { (Get-NetPolSnapshot (Join-Path $manifests admin-tiers) -WarningAction Ignore).OtherPolicies } }
        @{ Name = 'older cluster policies'; Get = { (Get-NetPolSnapshot (Join-Path $manifests admin-tiers-v1alpha1) -WarningAction Ignore).OtherPolicies } }
        @{ Name = 'rules of cluster policies'; Get = { New-NetPolClusterPeer app=web | New-NetPolClusterRule Deny 80/TCP, '90-99/UDP', http } }
        @{ Name = 'peers of cluster policies'; Get = { (New-NetPolClusterPeer app=web -NamespaceSelector a=b), (New-NetPolClusterPeer -Cidr 10.0.0.0/8) } }
        @{ Name = 'reasons'; Get = { $cluster | Get-NetPolReachability -From web -To db, api -IncludeDenied -Explain } }
        @{ Name = 'reasons of tiers'; Get = { Get-NetPolReachability (Join-Path $manifests admin-tiers) -IncludeDenied -Explain -WarningAction Ignore |
            Select-Object -First 5 } }
        @{ Name = 'a matrix'; Get = { $cluster | Get-NetPolReachability -AsMatrix } }
        @{ Name = 'trees'; Get = { $cluster | Get-NetPolReachability -AsTree } }
        @{ Name = 'answers'; Get = { $cluster | Test-NetPolReachability -From web -To db -PassThru } }
    ) {
        $given = & $Get
        $given | Should -Not -BeNullOrEmpty
        # A limit of ConvertTo-Json is not a fault of what it is given: it says so itself, and what is too deep is text.
        $json = $given | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
        $text = ($given | ConvertTo-Csv | Out-String) + ($given | ConvertTo-Html | Out-String) + $json
        $text | Should -Not -Match 'System\.\w|NetPolTools\.\w+\.|`\d|\{ \w+ = |z__'
        # Whatever chooses among words is a word.
        $json | Should -Not -Match '"(Kind|Direction|Action|Protocol|Severity|Verdict|Role|Feature|Enforced|Support|Family)": \d'
    }

    It 'are lists in JSON, and words where there is a choice' {
        $json = $changes | ConvertTo-Json -WarningVariable warnings | ConvertFrom-Json
        $warnings | Should -BeNullOrEmpty
        ($json | Where-Object Change -EQ Changed).Policies | Should -Be '~shop/api'
        ($json | Where-Object Change -EQ Changed).PortsAfter | Should -Be 'TCP 5000', 'TCP 9090'
        $support = Get-NetPolCniSupport -Plugin Weave | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $support.Enforced | Should -Be 'Yes'
        $support.Limits[0].Feature | Should -BeOfType string
        ($cluster | Get-NetPolReachability -AsMatrix | ConvertTo-Json | ConvertFrom-Json).Cells[0].Ports | Should -Not -BeNullOrEmpty
    }

    It 'cannot be changed' {
        { $connections[0].Notes.Clear() } | Should -Throw
        { $cluster.NetworkPolicies.Clear() } | Should -Throw
        $cluster | Get-NetPolReachability | Should -Not -BeNullOrEmpty
    }
}

Describe 'What tables show' {
    It 'has the same name as a property' {
        ($cluster | Get-NetPolIsolation | Select-Object Workload, From, To)[0].From | Should -Not -BeNullOrEmpty
        (Get-NetPolCniSupport -List | Where-Object Plugin -EQ Cilium).OwnPolicies | Should -Not -BeNullOrEmpty
        $broken = Get-NetPolSnapshot (Join-Path $manifests 'examples/broken') -ErrorAction SilentlyContinue
        ($broken | Select-Object -ExpandProperty Problems)[0].Id | Should -Not -BeNullOrEmpty
    }

    It 'has no text of C# records in <Name>' -ForEach @(
        @{ Name = 'workloads'; Get = { $cluster.Workloads } }
        @{ Name = 'namespaces'; Get = { $cluster.Namespaces } }
        @{ Name = 'pods'; Get = { (New-Pod a -Address 10.0.0.1 | Get-NetPolSnapshot).Pods } }
        @{ Name = 'limits'; Get = { (Get-NetPolCniSupport -Plugin Cilium@1.15).Limits } }
        @{ Name = 'the catalogue'; Get = { (Get-NetPolCniSupport -List)[0] } }
        @{ Name = 'affected policies'; Get = { (Get-ChildItem $threeTier | Get-NetPolCniSupport -Plugin Weave).AffectedPolicies } }
        @{ Name = 'explanations'; Get = { ($cluster | Get-NetPolReachability -From web -To db -IncludeDenied -Explain) } }
    ) {
        $given = & $Get
        $given | Should -Not -BeNullOrEmpty
        foreach ($text in ($given | Out-String -Width 200), ($given | Format-List * | Out-String -Width 200)) {
            $text | Should -Not -Match '\w+ \{ \w+ = |z__|KeyValuePair'
        }
    }
}

Describe 'Views' {
    It 'show the same of objects that come from a job: <Name>' -ForEach @(
        @{ Name = 'connections'; Get = { $connections } }
        @{ Name = 'reasons'; Get = { $cluster | Get-NetPolReachability -From web -To db -IncludeDenied -Explain } }
        @{ Name = 'a matrix'; Get = { $cluster | Get-NetPolReachability -AsMatrix } }
        @{ Name = 'trees'; Get = { $cluster | Get-NetPolReachability -AsTree } }
        @{ Name = 'changes'; Get = { $changes } }
        @{ Name = 'isolation'; Get = { $cluster | Get-NetPolIsolation } }
        @{ Name = 'namespaces'; Get = { $cluster | Get-NetPolIsolation -By Namespace } }
        @{ Name = 'support'; Get = { Get-NetPolCniSupport (Join-Path $cni 'flannel.yaml') } }
        @{ Name = 'policies'; Get = { $cluster.NetworkPolicies } }
        @{ Name = 'results'; Get = { Test-NetPolReachability $threeTier shop/web shop/db -PassThru } }
        @{ Name = 'diagnostics'; Get = { (Get-NetPolSnapshot (Join-Path $manifests 'examples/broken') -ErrorAction SilentlyContinue).Diagnostics } }
    ) {
        $given = & $Get
        $copied = $given | ForEach-Object { Get-Copied $_ }
        @($copied)[0].PSTypeNames[0] | Should -BeLike 'Deserialized.NetPolTools.*'
        $Error.Clear()
        ($copied | Out-String -Width 120) | Should -Be ($given | Out-String -Width 120)
        $Error | Should -BeNullOrEmpty
    }

    It 'drop and cut nothing at <Width> columns, with long names: <Name>' -ForEach @(
        foreach ($width in 80, 120) {
            @{ Width = $width; Name = 'connections'; Columns = 'Source', 'Destination', 'Ports'; Get = { $long | Get-NetPolReachability -IncludeDenied } }
            @{ Width = $width; Name = 'changes'; Columns = 'Change', 'Destination', 'Ports', 'Policies'; Get = { Compare-NetPolReachability $pods $long } }
            @{ Width = $width; Name = 'isolation'; Columns = 'Workload', 'From', 'To', 'Summary'; Get = { $long | Get-NetPolIsolation } }
            @{ Width = $width; Name = 'namespaces'; Columns = 'Namespace', 'Workloads', 'Ingress', 'Egress', 'Summary';
                Get = { $long | Get-NetPolIsolation -By Namespace } }
            @{ Width = $width; Name = 'policies'; Columns = 'Namespace', 'Name', 'Pods', 'Ingress', 'Egress'; Get = { $long.NetworkPolicies } }
            @{ Width = $width; Name = 'pods'; Columns = 'Namespace', 'Name', 'Address', 'Labels'; Get = { $long.Pods } }
            @{ Width = $width; Name = 'results'; Columns = 'From', 'To', 'Port', 'Reachable', 'Reason';
                Get = { Test-NetPolReachability $long $web $db 8080 -PassThru } }
            @{ Width = $width; Name = 'cells'; Columns = 'Source', 'Destination', 'Ports'; Get = { ($long | Get-NetPolReachability -AsMatrix).Cells } }
            @{ Width = $width; Name = 'diagnostics'; Columns = 'Severity', 'Id', 'Location', 'Message';
                Get = { (Get-NetPolSnapshot (Join-Path $manifests 'examples/broken') -ErrorAction SilentlyContinue).Diagnostics } }
            @{ Width = $width; Name = 'kinds that are not evaluated'; Columns = 'Kind', 'ApiVersion', 'Role', 'Count', 'Names'; Get = { $long.NotEvaluated } }
        }
    ) {
        $web, $db, $other = 'customer-facing-storefront-frontend', 'order-management-backend-service-01', 'metrics-collector-and-forwarder-001'
        $ns, $ops = 'payments-integration-environment-01', 'shared-observability-environment-01'
        $pods = (New-Pod $web $ns @{ app = 'web' }), (New-Pod $db $ns @{ app = 'db' }), (New-Pod $other $ops @{ app = 'metrics' })
        $policy = New-Policy allow-order-traffic-from-storefront $ns @{ podSelector = @{ matchLabels = @{ app = 'db' } };
            ingress = @(@{ from = @(@{ podSelector = @{ matchLabels = @{ app = 'web' } } }); ports = @(@{ port = 8080 }) }) }
        $foreign = @{ apiVersion = 'networking.gke.io/v1alpha3'; kind = 'FQDNNetworkPolicy'; metadata = @{ name = $web; namespace = $ns } }
        $before = $pods | Get-NetPolSnapshot
        $long = $pods + $policy | Get-NetPolSnapshot -WarningAction SilentlyContinue
        if ($Name -match 'evaluated') { $long = $pods + $foreign | Get-NetPolSnapshot -WarningAction SilentlyContinue }
        $pods = $before
        $given = & $Get
        $given | Should -Not -BeNullOrEmpty
        $lines = ($given | Out-String -Width $Width) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -Not -BeGreaterThan $Width
        $lines -match '…' | Should -BeNullOrEmpty
        @($lines -match "^$($Columns -join '\s+')\s*$").Count | Should -BeGreaterThan 0
        if ($Width -eq 120 -and $Name -in 'connections', 'changes') { @($lines -match "(^|\s)($ns/|$ops/|$other)(\s|$)").Count | Should -BeGreaterThan 1 }
    }

    It 'have no colours where NO_COLOR or a redirection wants none' {
        $show = "Import-Module '$env:NETPOLTOOLS_MODULE'; Compare-NetPolReachability '$threeTier' '$manifests/three-tier-next'"
        $before = $env:NO_COLOR
        try {
            $env:NO_COLOR = '1'
            (Invoke-FreshSession $show) -join '' | Should -Not -Match "`e\["
            $env:NO_COLOR = $null
            (Invoke-FreshSession "`$PSStyle.OutputRendering = 'Ansi'; $show") -join '' | Should -Match "`e\["
            $changes > (Join-Path $TestDrive changes.txt)
            Get-Content (Join-Path $TestDrive changes.txt) -Raw | Should -Not -Match "`e\["
        }
        finally { $env:NO_COLOR = $before }
    }

    It 'have the colours of $PSStyle where they are wanted' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $changes | Out-String | Should -Match ([regex]::Escape($PSStyle.Formatting.Warning + 'Opened' + $PSStyle.Reset))
            $PSStyle.OutputRendering = 'PlainText'
            $changes | Out-String | Should -Not -Match "`e"
        }
        finally { $PSStyle.OutputRendering = $before }
    }
}
