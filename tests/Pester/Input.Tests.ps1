BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $expected = Get-NetPolReachability $threeTier | Get-Line
}

Describe 'Text from the pipeline' {
    It 'takes whole files one after the other as texts of their own' {
        $expected = Get-NetPolReachability $threeTier | Get-Line
        Get-ChildItem $threeTier | Get-Content -Raw | Get-NetPolReachability | Get-Line | Should -Be $expected
        Get-ChildItem $threeTier | Get-Content | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'says that names of files are no manifests, once and without a second error' {
        (Get-ChildItem $threeTier).FullName | Get-NetPolReachability -To db -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotAnObject,*'
        "$problems" | Should -BeLike "*and 1 more line are the name of a file*Get-Item*-Path.*"
        Push-Location $manifests
        try {
            'three-tier' | Get-NetPolIsolation -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            "$problems" | Should -BeLike "*'three-tier' is the name of a file*"
        }
        finally { Pop-Location }
        'no/such.yaml' | Export-NetPolYaml -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*'no/such.yaml' is the name of a file*"
    }

    It 'passes over objects whose properties cannot be read' {
        Get-Process -Id $PID | Get-NetPolReachability -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotAnObject,*'
    }
}

Describe 'Files' {
    It 'tells from a folder who reaches the database of the three-tier application' {
        $to = @(Get-NetPolReachability $threeTier -To db)
        $to | Should -HaveCount 1
        "$to" | Should -Be 'shop/api -> shop/db: TCP 3306'
    }

    It 'reads YAML and JSON to the same answer' {
        Get-NetPolReachability $threeTierJson | Get-Line | Should -Be $expected
    }

    It 'takes wildcards in -Path' {
        Get-NetPolReachability (Join-Path $threeTier '*.y?ml') | Get-Line | Should -Be $expected
    }

    It 'takes several paths' {
        Get-NetPolReachability "$threeTier/application.yaml", "$threeTier/policies.yaml" | Get-Line | Should -Be $expected
    }

    It 'takes paths of a drive of PowerShell''s own' {
        New-PSDrive -Name Manifests -PSProvider FileSystem -Root $manifests -Scope Script | Out-Null
        Get-NetPolReachability Manifests:/three-tier | Get-Line | Should -Be $expected
        Get-NetPolReachability -LiteralPath Manifests:/three-tier | Get-Line | Should -Be $expected
    }

    It 'takes paths relative to the location of the session, not of the process' {
        Push-Location $manifests
        try { Get-NetPolReachability ./three-tier | Get-Line | Should -Be $expected }
        finally { Pop-Location }
    }

    It 'takes every character of -LiteralPath as it is' {
        $odd = Join-Path $TestDrive 'all of [it] 1.json'
        Copy-Item $threeTierJson -Destination ($odd -replace '[\[\]]', '_')
        Move-Item -LiteralPath ($odd -replace '[\[\]]', '_') -Destination $odd
        Get-NetPolReachability -LiteralPath $odd | Get-Line | Should -Be $expected
        Get-NetPolReachability -PSPath $odd | Get-Line | Should -Be $expected
        Get-NetPolReachability ([WildcardPattern]::Escape($odd)) | Get-Line | Should -Be $expected
    }

    It 'takes files from Get-ChildItem' {
        Get-ChildItem $threeTier | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes a folder from Get-Item' {
        Get-Item $threeTier | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes rows that have a LiteralPath or a PSPath' {
        [pscustomobject]@{ LiteralPath = $threeTier } | Get-NetPolReachability | Get-Line | Should -Be $expected
        Get-Item $threeTier | Select-Object PSPath | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes a script block that tells the path of a row' {
        [pscustomobject]@{ File = $threeTier } | Get-NetPolReachability -LiteralPath { $_.File } | Get-Line | Should -Be $expected
    }
}

Describe 'A folder with more than manifests in it' {
    BeforeAll {
        $repo = (New-Item -ItemType Directory (Join-Path $TestDrive repo)).FullName
        Copy-Item $threeTier/* $repo
        'services: {web: {image: x}}' | Set-Content $repo/docker-compose.yml
        '{"name": "shop"}' | Set-Content $repo/package.json
        'resources: [policies.yaml]' | Set-Content $repo/kustomization.yaml
        'on: {push: {}}' | Set-Content $repo/ci.yaml
        New-Item -ItemType Directory $repo/chart | Out-Null
        'name: shop' | Set-Content $repo/chart/Chart.yaml
        'ingress: {enabled: true}' | Set-Content $repo/chart/values.yaml
        New-Item -ItemType Directory $repo/other | Out-Null
        New-Pod extra | ConvertTo-Json -Depth 9 | Set-Content $repo/other/extra.json
    }

    It 'passes over what is no manifest, and -Verbose says so' {
        $told = Get-NetPolReachability $repo -To db -Verbose -WarningVariable warned -WarningAction SilentlyContinue 4>&1
        @($told | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -match 'is passed over' }) | Should -HaveCount 6
        ($told | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }) | Get-Line | Should -Be 'shop/api -> shop/db: TCP 3306'
        # Of a kustomization more is to be said: what kustomize would make is left out.
        $warned | Should -BeLike '*kustomization.yaml*What kustomize makes of it is left out*'
        Get-NetPolReachability "$repo/*" -To db -WarningAction SilentlyContinue | Get-Line | Should -Be 'shop/api -> shop/db: TCP 3306'
    }

    It 'says of a file that is named itself that it is no manifest' {
        Get-NetPolReachability $repo, $repo/docker-compose.yml -To db -ErrorAction SilentlyContinue -ErrorVariable problems | Out-Null
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotAnObject,*'
    }

    It 'reads what -Include and -Exclude choose' {
        (Get-NetPolSnapshot $repo).Workloads.Name + (Get-NetPolSnapshot $repo).Pods.Name | Should -Contain extra
        (Get-NetPolSnapshot $repo -Exclude other).Pods | Should -BeNullOrEmpty
        (Get-NetPolSnapshot -LiteralPath $repo -Include other/*.json).Pods.Name | Should -Be extra
        (Get-NetPolSnapshot "$repo/*" -Include *.JSON).Pods.Name | Should -Be extra
        Compare-NetPolReachability $threeTier $repo -Exclude other | Should -BeNullOrEmpty
        Compare-NetPolReachability $threeTier -LiteralPath $repo -Exclude other | Should -BeNullOrEmpty
    }

    It 'says that nothing is left where nothing is' {
        { Get-NetPolSnapshot $repo -Include none -ErrorAction Stop } | Should -Throw -ErrorId 'NoManifests,*'
    }
}

# What kubectl leaves where it fails.
Describe 'An empty pipeline' {
    It 'gives <Command> nothing to answer' -ForEach @(
        @{ Command = 'Test-NetPolCniSupport'; Given = @{} }
        @{ Command = 'Get-NetPolCniSupport'; Given = @{} }
        @{ Command = 'Get-NetPolReachability'; Given = @{} }
        @{ Command = 'Test-NetPolReachability'; Given = @{ From = 'a'; To = 'b' } }
        @{ Command = 'Get-NetPolIsolation'; Given = @{} }
        @{ Command = 'Get-NetPolExposure'; Given = @{} }
        @{ Command = 'Get-NetPolPath'; Given = @{ From = 'a' } }
        @{ Command = 'Get-NetPolRepair'; Given = @{ From = 'a'; To = 'b'; Port = '80' } }
        @{ Command = 'Get-NetPolSnapshot'; Given = @{} }
        @{ Command = 'Invoke-NetPolLint'; Given = @{} }
        @{ Command = 'Export-NetPolReport'; Given = @{} }
        @{ Command = 'ConvertTo-NetPolCalicoPolicy'; Given = @{} }
        @{ Command = 'ConvertTo-NetPolCiliumPolicy'; Given = @{} }
        @{ Command = 'ConvertTo-NetPolClusterPolicy'; Given = @{} }
    ) {
        $problem = { @() | & $Command @Given -ErrorAction Stop } | Should -Throw -ErrorId 'NoInput,*' -PassThru
        "$problem" | Should -BeLike 'The input holds no *'
    }
}

Describe 'Objects' {
    It 'takes the List that kubectl and ConvertFrom-Json give' {
        Get-ThreeTierObject | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes single resources' {
        (Get-ThreeTierObject).items | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes an array as one object' {
        , (Get-ThreeTierObject).items | Get-NetPolReachability | Get-Line | Should -Be $expected
        Get-NetPolReachability -InputObject (Get-ThreeTierObject).items | Get-Line | Should -Be $expected
    }

    It 'takes hashtables of ConvertFrom-Json -AsHashtable' {
        Get-ThreeTierObject -AsHashtable | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes lists within lists' {
        @{ apiVersion = 'v1'; kind = 'List'; items = @((Get-ThreeTierObject), @{ apiVersion = 'v1'; kind = 'List'; items = @() }) } |
            Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes items of a PodList that do not say their kind' {
        $pod = New-Pod a
        $pod.Remove('kind')
        $pod.Remove('apiVersion')
        $snapshot = @{ apiVersion = 'v1'; kind = 'PodList'; items = @($pod) } | Get-NetPolSnapshot
        $snapshot.PodCount | Should -Be 1
    }

    It 'takes what comes back from a job' {
        Start-Job { Get-Content $using:threeTierJson -Raw | ConvertFrom-Json } | Receive-Job -Wait -AutoRemoveJob |
            Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes what comes back from Export-Clixml, <Name>' -ForEach @(
        @{ Name = 'objects'; AsHashtable = $false }
        @{ Name = 'hashtables'; AsHashtable = $true }
    ) {
        $file = Join-Path $TestDrive 'exported.xml'
        Get-ThreeTierObject -AsHashtable:$AsHashtable | Export-Clixml $file -Depth 20
        Import-Clixml $file | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'takes a snapshot in place of what it was made from' {
        $snapshot = Get-NetPolSnapshot $threeTier
        $snapshot | Get-NetPolReachability | Get-Line | Should -Be $expected
        Get-NetPolReachability -InputObject $snapshot | Get-Line | Should -Be $expected
    }

    It 'gives a lone snapshot back as it is' {
        $snapshot = Get-NetPolSnapshot $threeTier
        $snapshot | Get-NetPolSnapshot | Should -Be $snapshot
    }

    It 'puts a snapshot, a file, an object and text together' {
        $application = Get-NetPolSnapshot "$threeTier/application.yaml"
        $both = $application, (Get-Item "$threeTier/policies.yaml"), (New-Pod extra), "apiVersion: v1`nkind: Namespace`nmetadata: {name: empty}" |
            Get-NetPolSnapshot
        $both.NetworkPolicyCount | Should -Be 4
        $both.PodCount | Should -Be 1
        $both.Namespaces.Name | Should -Be 'default', 'empty', 'shop'
    }

    It 'reads timestamps that ConvertFrom-Json made dates of' {
        $pod = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","creationTimestamp":"2024-05-01T10:00:00Z","labels":{"since":"2024-05-01"}},"spec":{}}' |
            ConvertFrom-Json
        $pod.metadata.creationTimestamp | Should -BeOfType datetime
        $policy = New-Policy -Spec @{ podSelector = @{ matchLabels = @{ since = '2024-05-01' } } }
        $policy.metadata.creationTimestamp = [datetime]::UtcNow
        $problems = $null
        $snapshot = $pod, $policy | Get-NetPolSnapshot -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $snapshot.PodCount, $snapshot.NetworkPolicyCount | Should -Be 1, 1
    }

    It 'reads a port given as <Type>' -ForEach @(
        @{ Type = 'Int64'; Port = 8080L; Ports = 'TCP 8080' }
        @{ Type = 'Int32'; Port = 8080; Ports = 'TCP 8080' }
        @{ Type = 'a name'; Port = 'http'; Ports = 'TCP 8080' }
    ) {
        $pod = New-Pod a -Label @{ app = 'a' } -Port @{ name = 'http'; containerPort = 8080L }
        $policy = New-Policy -Spec @{ ingress = @(@{ ports = @(@{ port = $Port }) }) }
        $answer = $pod, $policy | Get-NetPolReachability -From 203.0.113.7
        $answer.Ports.ToString() | Should -Be $Ports
    }

    It 'refuses a number in quotes as a port, as the API server does' {
        $policy = New-Policy -Spec @{ ingress = @(@{ ports = @(@{ port = '8080' }) }) }
        (New-Pod a), $policy | Get-NetPolSnapshot -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidValue,*'
    }

    It 'tells <Name> apart: <Expected>' -ForEach @(
        @{ Name = 'ingress: absent'; Json = '{}'; Expected = 'Denied' }
        @{ Name = 'ingress: null'; Json = '{"ingress":null}'; Expected = 'Denied' }
        @{ Name = 'ingress: []'; Json = '{"ingress":[]}'; Expected = 'Denied' }
        @{ Name = 'ingress: [{}]'; Json = '{"ingress":[{}]}'; Expected = 'Allowed' }
        @{ Name = 'from: []'; Json = '{"ingress":[{"from":[]}]}'; Expected = 'Allowed' }
        @{ Name = 'from: [{podSelector: {}}]'; Json = '{"ingress":[{"from":[{"podSelector":{}}]}]}'; Expected = 'Denied' }
        @{ Name = 'policyTypes: [Egress]'; Json = '{"policyTypes":["Egress"]}'; Expected = 'Allowed' }
        @{ Name = 'podSelector that matches none'; Json = '{"podSelector":{"matchLabels":{"app":"other"}}}'; Expected = 'Allowed' }
    ) {
        foreach ($asHashtable in $false, $true) {
            $policy = "{`"apiVersion`":`"networking.k8s.io/v1`",`"kind`":`"NetworkPolicy`",`"metadata`":{`"name`":`"p`"},`"spec`":$Json}" |
                ConvertFrom-Json -AsHashtable:$asHashtable
            (New-Pod a), $policy | Get-NetPolReachability -From 203.0.113.7 -IncludeDenied | ForEach-Object Verdict | Should -Be $Expected
        }
    }
}

Describe 'Text' {
    It 'reads lines of YAML' {
        $lines = foreach ($file in Get-ChildItem $threeTier) { Get-Content $file; '---' }
        $lines | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'reads lines of JSON' {
        Get-Content $threeTierJson | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'reads a text of many lines as one object' {
        Get-Content $threeTierJson -Raw | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'reads what kubectl prints' {
        if (-not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no kubectl on PATH'
        }
        $snapshot = kubectl create deployment x --image y --dry-run=client -o yaml | Get-NetPolSnapshot -DefaultNamespace shop
        "$($snapshot.Workloads)" | Should -Be 'Deployment shop/x'
    }

    It 'says that an error message is no manifest' {
        'error: the server is not there' | Get-NetPolReachability -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
    }
}

Describe 'Namespaces of objects that name none' {
    It 'are default, or as -DefaultNamespace says' {
        $pod = New-Pod a
        $pod.metadata.Remove('namespace')
        ($pod | Get-NetPolSnapshot).Namespaces.Name | Should -Be 'default'
        ($pod | Get-NetPolSnapshot -DefaultNamespace team).Namespaces.Name | Should -Be 'team'
    }
}
